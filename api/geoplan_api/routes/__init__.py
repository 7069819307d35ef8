"""The addresses of the web application, one file per resource."""
