"""QGIS, headless, reads the collections: Debian's python3-qgis, where it is installed."""

import json
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
PYTHON = Path("/usr/bin/python3")
SCRIPT = """
import json, sys
from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
def layer(root, name):
    source = f"url='{sys.argv[1]}{root}' typename='{name}' pageSize='2' pagingEnabled='true'"
    found = QgsVectorLayer(source, name, "OAPIF")
    assert found.isValid(), found.error().message()
    return found
names = lambda found, asked=QgsFeatureRequest(): sorted(one["id"] for one in found.getFeatures(asked))
box = QgsFeatureRequest().setFilterRect(QgsRectangle(9.005, 51.455, 9.006, 51.456))
print(json.dumps({
    "all": names(layer("/ogc", "municipalities")),
    "box": names(layer("/ogc", "municipalities"), box),
    "suggested": names(layer("/ogc/units/Altdorf", "suggestions")),
}))
application.exitQgis()
"""


def test_qgis_reads_collections(address, tmp_path):
    if subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode:
        pytest.skip("needs QGIS for /usr/bin/python3 (Debian: python3-qgis)")
    environment = {"PATH": "/usr/bin", "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [PYTHON, "-c", SCRIPT, address],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    read = json.loads(done.stdout.splitlines()[-1])
    assert read["all"] == ["01099001", "01099002", "01099003", "02099001", "02099002"]
    assert read["box"] == ["01099001"]
    assert read["suggested"]
