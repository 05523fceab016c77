"""What every journey carries along."""

from pathlib import Path

import pytest
from PIL import Image


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a photograph of a paper, as a phone takes it."""
    path = tmp_path_factory.mktemp("papers") / "giay-to.jpg"
    Image.effect_noise((900, 1200), 40).convert("RGB").save(path, quality=60)
    return path
