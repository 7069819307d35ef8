import subprocess
import sys

import pytest

from geoplan.boundaries.catalogue import EMBEDDED, known_datasets, load_dataset
from geoplan.errors import DatasetError, UnknownChoiceError


def test_the_embedded_dataset_has_a_name():
    assert known_datasets()[EMBEDDED].is_dir()
    assert load_dataset(EMBEDDED).units.ids == load_dataset().units.ids


def test_a_path_may_be_text(folder, world):
    assert load_dataset(str(folder)).units.ids == load_dataset(folder).units.ids == world.units.ids


@pytest.mark.parametrize("name", ["de-2061", "nowhere.zip", "", "x" * 5000, "a\0b"])
def test_a_name_that_is_none_is_refused_with_the_known_ones(name):
    with pytest.raises(UnknownChoiceError) as refused:
        load_dataset(name)
    assert refused.value.nearest == (EMBEDDED,)


def test_an_empty_folder_is_no_dataset(tmp_path):
    with pytest.raises(DatasetError, match="is no dataset"):
        load_dataset(tmp_path)


def test_a_text_file_is_no_dataset(tmp_path):
    (tmp_path / "notes.txt").write_text("nothing")
    with pytest.raises(DatasetError, match=r"notes\.txt” is no dataset"):
        load_dataset(tmp_path / "notes.txt")


def test_loading_the_embedded_dataset_imports_no_heavy_library():
    heavy = ["pandas", "geopandas", "pyogrio", "pyproj"]
    code = (
        "import sys; from geoplan.boundaries.catalogue import load_dataset;"
        "load_dataset().read_geometry('state');"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
