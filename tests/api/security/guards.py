"""How each guard of SECURITY.md is taken out: by the test that has to fail then.

``test_without_guards.py`` runs the tests of the table with these in the place of the guards.
"""

from collections.abc import Callable

from geoplan_api.guarding import rates
from geoplan_api.guarding.routes import BodyRoute
from tests.api.security.careless import (
    ANYTHING,
    HUGE,
    Patch,
    any_length,
    any_scope,
    any_size,
    believes_everybody,
    escapes_nothing,
    evaluates,
    fetches,
    joins_paths,
    markup_in_popups,
    markup_in_texts,
    no_clock,
    notes_addresses,
    nothing,
    pass_on,
    put,
    sends_on,
    unchanged,
    without_checksums,
    without_limit,
)

GUARDS: dict[str, Callable[[Patch], None]] = {
    "test_a_large_body_is_not_read": put("geoplan_api.guarding.bounds.Bounds.__call__", pass_on),
    "test_pieces_over_a_socket": put("geoplan_api.guarding.bounds.Bounds.__call__", pass_on),
    "test_a_deep_body_is_not_parsed": put("geoplan_api.guarding.routes.check_depth", nothing),
    "test_long_lists_are_not_worked_on": any_length,
    "test_a_long_address_is_not_read": put("geoplan_api.guarding.bounds.Bounds._check_head", nothing),
    "test_a_slow_body_is_given_up": no_clock("geoplan_api.guarding.bounds"),
    "test_a_trickle_does_not_put_it_off": put(
        "geoplan_api.serving.connections.PatientProtocol._wait", nothing
    ),
    "test_an_answer_that_takes_too_long_is_given_up": put(
        "geoplan_api.guarding.deadline.Deadline.__call__", pass_on
    ),
    "test_a_reader_who_does_not_read_is_let_go": put(
        "geoplan_api.guarding.deadline.Deadline.__call__", pass_on
    ),
    "test_more_connections_than_wanted": without_limit,
    "test_asking_too_often": put("geoplan_api.guarding.rates.RateLimits.__call__", pass_on),
    "test_what_takes_long_is_counted_more_strictly": put(
        "geoplan_api.guarding.rates.RateLimits._policy", lambda self, _path: self._usual
    ),
    "test_guessing_tokens": put("geoplan_api.guarding.rates.RateLimits._refused_for_tokens", nothing),
    "test_nobody_counts_as_another_by_saying_so": believes_everybody,
    "test_a_network_of_ipv6_is_one_reader": lambda patch: patch.setattr(
        rates, "client_address", lambda scope: scope["client"][0]
    ),
    "test_scopes": any_scope,
    "test_a_body_of_nobody_is_not_parsed": put(
        "geoplan_api.guarding.routes.PlanRoute.get_route_handler", BodyRoute.get_route_handler
    ),
    "test_pages_of_other_sites_get_nothing": put("geoplan_api.access.check_site", nothing),
    "test_a_proxy_makes_nobody_the_person_at_the_desk": put("geoplan_api.desk.PASSED_ON", ()),
    "test_plans_are_not_compressed": put("geoplan_api.protocol.compression.PLAN_PATHS", ()),
    "test_what_must_not_be_kept": put("geoplan_api.protocol.caching._policy", nothing),
    "test_an_unexpected_failure_tells_nothing": put("geoplan_api.logs.without_secrets", unchanged),
    "test_what_is_asked_for_is_not_noted": notes_addresses,
    "test_one_event_is_one_line": put("geoplan_api.logs._plain", str),
    "test_an_id_that_is_not_sane_is_not_taken": put("geoplan_api.request_ids._SANE", ANYTHING),
    "test_no_token_is_repeated_or_logged": put("geoplan_api.problem_answers._without_tokens", unchanged),
    "test_an_address_leads_nowhere_else": joins_paths,
    "test_a_name_of_a_dataset_is_no_path": put("geoplan.boundaries.store._NAME", ANYTHING),
    "test_an_id_of_a_plan_is_no_sql_and_no_path": put("geoplan.plans.reading.is_id", lambda _text: True),
    "test_no_address_leads_to_another_site": sends_on,
    "test_a_search_is_a_text": put("geoplan_api.answers.search", evaluates),
    "test_a_property_of_a_filter_is_one_of_the_collection": put(
        "geoplan_api.ogc.filters._check_property", nothing
    ),
    "test_what_rules_are_told_is_no_rule": put("geoplan.networks.intentions.check_facts", nothing),
    "test_weights_are_numbers": put("geoplan_api.weights.read_weight", float),
    "test_names_stay_names": escapes_nothing,
    "test_texts_of_plans_stay_texts": escapes_nothing,
    "test_a_link_of_a_plan_is_a_web_address": put("geoplan.plans.reading._check_link", nothing),
    "test_hostile_names_stay_names": markup_in_popups,
    "test_names_and_plans_are_never_markup": markup_in_texts,
    "test_no_cell_of_the_command_line_is_a_formula": put("geoplan_api.cli.output.FORMULA_SIGNS", ()),
    "test_no_cell_begins_as_a_formula": put(
        "geoplan_dossier.writers.comma_separated._cell", lambda cell, *_: "" if cell is None else str(cell)
    ),
    "test_no_text_is_a_formula": put(
        "geoplan_dossier.writers.spreadsheet._write",
        lambda sheet, place, cell, form: (
            sheet.write_formula(*place, str(cell), form)
            if str(cell).startswith("=")
            else sheet.write(*place, str(cell), form)
        ),
    ),
    "test_pages_are_shown_in_no_frame": put("geoplan_api.security.SecurityHeaders.__call__", pass_on),
    "test_embeds_are_shown_where_the_operator_says": put(
        "geoplan_api.security._with_own_pages", lambda _sites: "*"
    ),
    "test_https_stays_https": put("geoplan_api.security.SecurityHeaders.__call__", pass_on),
    "test_a_host_that_is_made_up_stands_in_no_link": put(
        "geoplan_api.routes.embed.public_base", lambda request, _settings: str(request.base_url).rstrip("/")
    ),
    "test_oembed_asks_nobody": fetches,
    "test_a_background_map_is_one_https_host": put("geoplan_api.settings._TILES", ANYTHING),
    "test_only_the_web_is_fetched_from": put(
        "geoplan.installation.address.SCHEMES", ("http", "https", "file", "ftp", "gopher", "jar")
    ),
    "test_no_server_sends_us_inside": put("geoplan.installation.address.is_inside", lambda _url: False),
    "test_a_bomb_is_not_unpacked": put("geoplan.boundaries.guard.MAX_RATIO", HUGE),
    "test_a_name_that_points_outside": put("geoplan.boundaries.guard._points_outside", lambda _member: False),
    "test_a_file_that_is_too_large_is_refused_before_it_fills_the_disk": any_size,
    "test_what_is_installed_is_pinned": without_checksums,
    "test_damaged": put("geoplan.plans.backup._digest", lambda _content: "0"),
    "test_only_its_owner_reads_it": put("geoplan.plans.backup.PRIVATE", 0o644),
}
