"""``geoplan export postgis``: one dataset beside another, and alone."""

import pytest
from sqlalchemy import text

from geoplan_api.cli.program import run as run_program
from geoplan_api.ogc.postgis import open_features


def held(url):
    """The vintages that are there, and what a view on counties shows."""
    database = open_features(url)
    with database.connection() as connection:
        vintages = connection.scalars(text("SELECT vintage FROM geoplan.datasets ORDER BY vintage")).all()
        names = connection.scalars(text("SELECT name FROM geoplan.counties ORDER BY fid")).all()
        schemas = connection.scalars(
            text(r"SELECT nspname FROM pg_namespace WHERE nspname LIKE 'geoplan\_%'")
        )
        count = len(schemas.all())
    database.close()
    return vintages, names, count


def test_datasets_side_by_side_and_one_alone(run, later, features_url, monkeypatch):
    done = run("--lang", "en", "export", "postgis", "--to", features_url)
    assert done.code == 0
    told = done.err.splitlines()
    assert len(told) == 5, "a line a table, and no more"
    assert "Loading municipalities: 5 features …" in told
    assert "17 features in 5 tables" in done.out
    monkeypatch.setenv("GEOPLAN_FEATURES_URL", features_url)
    assert run_program(["--data", str(later), "export", "postgis"]) == 0
    assert held(features_url) == (["2026-01-01", "2027-01-01"], ["Seekreis", "Höhen"], 2)
    assert run("export", "postgis", "--alone").code == 0
    assert held(features_url) == (["2026-01-01"], ["Talkreis", "Höhen"], 1)


@pytest.mark.parametrize("url", [None, "sqlite:///x.db", "nothing"])
def test_no_database_is_told(run, url):
    done = run("export", "postgis", *([] if url is None else ["--to", url]))
    assert (done.code, done.out) == (2, "")
    assert "GEOPLAN_FEATURES_URL" in done.err


def test_a_password_is_not_shown(run):
    done = run("export", "postgis", "--to", "postgresql://me:kennwort@/x?host=/nowhere")
    assert done.code == 1
    assert "kennwort" not in done.out + done.err
