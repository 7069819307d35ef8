"""A county's maps and tables as a folder that any web server can host."""

from geoplan_api.site_export.site import SiteRequest, export_site, site_request

__all__ = ["SiteRequest", "export_site", "site_request"]
