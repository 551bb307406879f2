"""The import contracts of .importlinter hold, and no folder is left out of them."""

from pathlib import Path

from importlinter.application.use_cases import SUCCESS, lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / ".importlinter"


def test_the_contracts_hold(capsys):
    configure()
    result = lint_imports(config_filename=str(CONTRACTS), cache_dir=None)
    told = capsys.readouterr().out
    assert result is SUCCESS, told
    assert "4 kept, 0 broken" in told


def test_every_folder_has_its_layer():
    layers = CONTRACTS.read_text().split("layers =")[1].split("[")[0].replace("|", " ").split()
    folders = [folder.name for folder in (ROOT / "ina").iterdir() if (folder / "__init__.py").exists()]
    assert len(folders) > 10
    assert set(folders) <= {layer.strip("()") for layer in layers}
