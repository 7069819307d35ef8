"""From files of figures to a dataset that carries them, with nothing invented and every row accounted for."""

import json
from dataclasses import replace

import numpy as np
import pytest

from geoplan.atlas import Atlas
from geoplan.enrichment import EnrichmentFiles, enrich
from geoplan.errors import InvalidValueError, RegisterError

JOBS = "ags,jobs\n01001000,6000\n01002001,10\n01002002,20\n01002003,30\n01002004,40\n"
COUNTY_FLOWS = "origin_kreis,dest_kreis,commuters\n01002,01001,500\n01001,01002,70\n01001,03999,8\n"


def report_of(enriched, kind):
    return next(report for report in enriched.reports if report.note.kind == kind)


def atlas_of(enriched):
    return Atlas.from_dataset(enriched.dataset)


def test_population_is_joined_and_added_up(world, gazetteer_file):
    units = enrich(world, EnrichmentFiles(population=gazetteer_file)).dataset.units
    assert units["01002002"].population == 200
    assert units["01002002"].population_source == "Statistisches Bundesamt (Destatis), 2021-12-31"
    assert units["01002"].population == 1000
    assert units["01"].population == 10_000
    assert units["01002999"].population is None


def test_the_dataset_that_was_given_stays_as_it_is(world, gazetteer_file):
    before = world.units.population.copy()
    enrich(world, EnrichmentFiles(population=gazetteer_file))
    np.testing.assert_array_equal(world.units.population, before)
    assert world.extras == {}


def test_what_the_workbook_has_beside_population(world, gazetteer_file):
    atlas = atlas_of(enrich(world, EnrichmentFiles(population=gazetteer_file)))
    known, row = atlas.enrichment, atlas.row("Ceheim")
    assert known.degurba[row] == 3
    assert known.published_area_km2[row] == 2.0
    assert known.density_per_km2[row] == 150
    assert known.centre[row].tolist() == [9.5, 53.2]
    (postcode,) = known.postcodes.of(row)
    assert (postcode.postcode, postcode.share, postcode.seat) == ("01234", None, True)
    assert {atlas.units.names[one.row] for one in known.postcodes.serving("01234")} == {
        "Adorf", "Bedorf", "Ceheim", "Deburg",
    }  # fmt: skip


def test_a_municipality_that_the_source_lacks_is_unknown_and_so_is_its_county(
    world, file, make_gazetteer, gazetteer_rows
):
    path = file("31122021.xlsx", make_gazetteer(gazetteer_rows[:-1]))
    enriched = enrich(world, EnrichmentFiles(population=path))
    units = enriched.dataset.units
    assert units["01002004"].population is None
    assert units["01002004"].population_source is None
    assert units["01002"].population is None
    report = report_of(enriched, "population")
    assert [one.name for one in report.without] == ["Deburg"]
    assert (report.units, report.covered) == (5, 4)


def test_rows_that_found_no_unit_are_listed_with_the_reason(
    world, file, make_gazetteer, make_row, gazetteer_rows
):
    extra = make_row("010020005005", "Edorf", 1.0, 50)
    path = file("31122021.xlsx", make_gazetteer([*gazetteer_rows, extra]))
    report = report_of(enrich(world, EnrichmentFiles(population=path)), "population")
    assert (report.rows, report.matched) == (6, 5)
    (one,) = report.to_dict("en")["unmatched"]
    assert (one["id"], one["name"]) == ("01002005", "Edorf")
    assert "no unit with this key" in one["why"]


def test_older_population_is_not_mixed_with_new(counted_world, file, make_gazetteer, gazetteer_rows):
    path = file("31122021.xlsx", make_gazetteer(gazetteer_rows[:-1]))
    enriched = enrich(counted_world, EnrichmentFiles(population=path))
    assert enriched.dataset.units["01002004"].population is None
    assert any("is unknown now: Deburg" in str(flag) for flag in report_of(enriched, "population").flags)


def test_mixed_population_is_flagged_where_it_was_asked_for(
    counted_world, file, make_gazetteer, gazetteer_rows
):
    path = file("31122021.xlsx", make_gazetteer(gazetteer_rows[:-1]))
    enriched = enrich(counted_world, EnrichmentFiles(population=path), allow_mixed=True)
    units = enriched.dataset.units
    assert units["01002004"].population == 390
    assert units["01002004"].population_source == "counted by hand"
    assert units["01002"].population_source == (
        "Statistisches Bundesamt (Destatis), 2021-12-31; counted by hand"
    )
    assert "counted by hand" in enriched.dataset.provenance.population_source
    assert any("Mixed bases" in str(flag) for flag in report_of(enriched, "population").flags)


def test_jobs_are_added_up_where_all_are_known(world, file):
    atlas = atlas_of(enrich(world, EnrichmentFiles(jobs=file("jobs_2021.csv", JOBS))))
    jobs = atlas.enrichment.jobs
    assert jobs[atlas.row("01002")] == 100
    lacking = JOBS.replace("01002004,40\n", "")
    atlas = atlas_of(enrich(world, EnrichmentFiles(jobs=file("jobs_2021.csv", lacking))))
    assert np.isnan(atlas.enrichment.jobs[atlas.row("01002")])
    assert np.isnan(atlas.enrichment.jobs[atlas.row("Deburg")])


def test_figures_far_apart_in_time_are_refused(world, gazetteer_file, file):
    files = EnrichmentFiles(population=gazetteer_file, jobs=file("jobs_2018.csv", JOBS))
    with pytest.raises(InvalidValueError, match="Mixed bases") as caught:
        enrich(world, files)
    assert "31.12.2021" in caught.value.text("de")
    enriched = enrich(world, files, allow_mixed=True)
    assert any("Mixed bases" in str(flag) for flag in report_of(enriched, "jobs").flags)


def test_figures_of_about_one_time_are_joined_and_the_days_told(world, gazetteer_file, file):
    files = EnrichmentFiles(population=gazetteer_file, jobs=file("jobs_2021-06-30.csv", JOBS))
    (flag,) = report_of(enrich(world, files), "jobs").flags
    assert "184 days apart" in str(flag)


def test_figures_without_a_date_are_flagged(world, gazetteer_file, file):
    files = EnrichmentFiles(population=gazetteer_file, jobs=file("jobs.csv", JOBS))
    (flag,) = report_of(enrich(world, files), "jobs").flags
    assert "not known" in str(flag)


class TestCommuters:
    @pytest.fixture
    def enriched(self, world, gazetteer_file, file):
        return enrich(
            world,
            EnrichmentFiles(
                population=gazetteer_file,
                jobs=file("jobs_2021.csv", JOBS),
                commuters=file("kreise_2021.csv", COUNTY_FLOWS),
            ),
        )

    def test_counties_are_as_published(self, enriched):
        atlas = atlas_of(enriched)
        assert atlas.enrichment.flows.between(atlas.row("01002"), atlas.row("01001")) == 500
        assert atlas.enrichment.flows.between(atlas.row("01001"), atlas.row("01")) is None

    def test_municipalities_are_estimated_and_keep_the_total(self, enriched):
        atlas = atlas_of(enriched)
        flows, city = atlas.enrichment.flows, atlas.row("01001000")
        from_county = [
            flows.between(atlas.row(name), city) or 0.0 for name in ("Adorf", "Bedorf", "Ceheim", "Deburg")
        ]
        assert sum(from_county) == pytest.approx(500, rel=1e-6)
        assert from_county[0] == pytest.approx(50, rel=1e-5)  # a tenth of the people
        _, _, estimated = flows.from_unit(atlas.row("Adorf"))
        assert estimated.all()

    def test_both_directions_hold_the_same_flows(self, enriched):
        flows = atlas_of(enriched).enrichment.flows
        back = flows.reversed()
        assert len(back) == len(flows)
        assert back.commuters.sum() == pytest.approx(flows.commuters.sum())

    def test_the_report_says_how_the_model_ended(self, enriched):
        report = report_of(enriched, "commuters")
        assert [one.id for one in report.unmatched] == ["03999"]
        assert (report.rows, report.matched) == (3, 2)
        assert report.details["model"]["converged"]
        assert report.details["model"]["destination_mass"] == "jobs"
        assert any("estimated" in str(flag) for flag in report.flags)

    def test_flows_of_municipalities_are_as_published(self, world, file):
        text = "origin,destination,commuters\n01002001,01001000,33\n01002001,01002002,4\n"
        atlas = atlas_of(enrich(world, EnrichmentFiles(commuters=file("gemeinden_2021.csv", text))))
        destinations, commuters, estimated = atlas.enrichment.flows.from_unit(atlas.row("Adorf"))
        assert [atlas.units.names[row] for row in destinations] == ["Astadt", "Bedorf"]
        assert commuters.tolist() == [33, 4]
        assert not estimated.any()

    def test_without_people_nothing_is_spread(self, world, file):
        atlas = atlas_of(enrich(world, EnrichmentFiles(commuters=file("kreise_2021.csv", COUNTY_FLOWS))))
        assert len(atlas.enrichment.flows) == 2
        assert not atlas.enrichment.flows.estimated.any()

    def test_a_county_that_was_merged_later_is_found_by_its_municipalities(
        self, world, file, make_gazetteer, make_row, gazetteer_rows
    ):
        moved = [make_row("010030000009", "Astadt, Stadt", 2.0, 9000), *gazetteer_rows[1:]]
        flows = "origin_kreis,dest_kreis,commuters\n01002,01003,500\n"
        enriched = enrich(
            world,
            EnrichmentFiles(
                population=file("31122021.xlsx", make_gazetteer(moved)),
                commuters=file("kreise_2021.csv", flows),
            ),
        )
        atlas = atlas_of(enriched)
        assert atlas.enrichment.flows.between(atlas.row("Deburg"), atlas.row("01001000")) == pytest.approx(
            200
        )
        assert any("01001" in str(flag) for flag in report_of(enriched, "commuters").flags)


def test_bbsr_types_and_regions(world, file):
    text = "ags,sgtyp,sgtyp_name,mb,mb_name,ror,amr\n01002001,50,Landgemeinde,77,Bedorf,1,2\n"
    atlas = atlas_of(enrich(world, EnrichmentFiles(bbsr=file("bbsr_2021.csv", text))))
    known, row = atlas.enrichment, atlas.row("Adorf")
    assert (known.city_type[row], known.mittelbereich[row]) == ("50", "77")
    assert (known.planning_region[row], known.labour_market_region[row]) == ("1", "2")
    assert known.name_of("mittelbereich", row) == "Bedorf"
    assert known.city_type[atlas.row("Bedorf")] is None


def test_postcodes_with_shares_keep_the_seat(world, gazetteer_file, file):
    text = "ags,plz,share\n01002003,01234,0.7\n01002003,01235,0.3\n01002004,01299,\n"
    files = EnrichmentFiles(population=gazetteer_file, postcodes=file("plz_2021.csv", text))
    atlas = atlas_of(enrich(world, files))
    entries = atlas.enrichment.postcodes.of(atlas.row("Ceheim"))
    assert [(one.postcode, one.share, one.seat) for one in entries] == [
        ("01234", 0.7, True),
        ("01235", 0.3, False),
    ]
    entries = atlas.enrichment.postcodes.of(atlas.row("Deburg"))
    assert [(one.postcode, one.share, one.seat) for one in entries] == [
        ("01234", None, True),
        ("01299", None, False),
    ]


def test_profiles(world, file):
    text = "ags,service,has,needs,offers\n01002001,it,0,1,\n05000000,it,1,,\n"
    enriched = enrich(world, EnrichmentFiles(profiles=file("profiles.csv", text)))
    atlas = atlas_of(enriched)
    profile = atlas.enrichment.profiles.get(atlas.row("Adorf"), "it")
    assert (profile.has, profile.needs, profile.offers) == (False, True, None)
    assert atlas.enrichment.profiles.get(atlas.row("Bedorf"), "it") is None
    assert [one.id for one in report_of(enriched, "profiles").unmatched] == ["05000000"]


REGISTER = {
    "cooperations": [
        {
            "id": "one", "name": "Erste", "type": "horizontal-rural", "service": "it", "complete": True,
            "members": ["01002001", "01002002", "09999999"], "source": "https://example.org",
        }
    ]
}  # fmt: skip


def test_the_register_of_a_dataset_is_that_of_its_atlas(world, file):
    enriched = enrich(world, EnrichmentFiles(cooperations=file("register.json", json.dumps(REGISTER))))
    assert [one.members for one in atlas_of(enriched).register.cooperations] == [("01002001", "01002002")]
    report = report_of(enriched, "cooperations")
    assert (report.rows, report.matched) == (3, 2)


def test_a_broken_register_is_refused(world, file):
    with pytest.raises(RegisterError):
        enrich(world, EnrichmentFiles(cooperations=file("register.json", "[]")))


def test_enriching_again_keeps_what_was_there(world, gazetteer_file, file):
    first = enrich(world, EnrichmentFiles(population=gazetteer_file)).dataset
    again = enrich(first, EnrichmentFiles(jobs=file("jobs_2021.csv", JOBS)))
    atlas = atlas_of(again)
    assert atlas.units["01002001"].population == 100
    assert atlas.enrichment.degurba[atlas.row("Ceheim")] == 3
    assert atlas.enrichment.jobs[atlas.row("Ceheim")] == 30
    assert len(atlas.enrichment.postcodes.of(atlas.row("Ceheim"))) == 1
    assert [row["kind"] for row in again.dataset.enrichment] == ["jobs", "population"]
    assert set(json.loads(again.dataset.extras["join-reports.json"]())) == {"jobs", "population"}


def test_dates_are_compared_with_the_population_joined_before(world, gazetteer_file, file):
    first = enrich(world, EnrichmentFiles(population=gazetteer_file)).dataset
    with pytest.raises(InvalidValueError, match="Mixed bases"):
        enrich(first, EnrichmentFiles(jobs=file("jobs_2015.csv", JOBS)))


def test_nothing_to_join_is_refused(world):
    with pytest.raises(InvalidValueError, match="nothing to join"):
        enrich(world, EnrichmentFiles())


def test_an_atlas_without_figures_knows_none(world):
    atlas = Atlas.from_dataset(world)
    assert np.isnan(atlas.enrichment.jobs).all()
    assert len(atlas.enrichment.flows) == 0
    assert atlas.enrichment.postcodes.of(0) == ()
    assert set(atlas.enrichment.city_type) == {None}
    assert atlas.register.cooperations == ()


def test_keys_of_other_countries_are_taken_as_they_are(world, file):
    foreign = replace(world, provenance=replace(world.provenance, country="AT"))
    text = "id,population\n01002001,5\nxyz,7\n"
    enriched = enrich(foreign, EnrichmentFiles(population=file("people_2021.csv", text)))
    assert enriched.dataset.units["01002001"].population == 5
    assert [one.id for one in report_of(enriched, "population").unmatched] == ["xyz"]
