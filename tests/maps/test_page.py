import json

import pytest

from geoplan_maps.page import json_block


@pytest.mark.parametrize(
    "text", ["</script>", "<!-- <script>", "&lt;", "{{ 7 * 7 }}", "Überlingen", '"\\', "\u2028\u2029"]
)
def test_a_json_block_holds_any_text(text):
    block = str(json_block({"name": text}))
    assert json.loads(block) == {"name": text}
    assert not any(sign in block for sign in "<>&")
