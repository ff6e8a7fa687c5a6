from pathlib import Path

from flows.prefect_home import prepare_prefect


def test_prefect_keeps_to_the_lake_and_reports_nothing(tmp_path: Path):
    environ: dict[str, str] = {}
    prepare_prefect(tmp_path / "lake", environ)
    assert environ["PREFECT_HOME"] == str(tmp_path / "lake" / ".prefect")
    assert Path(environ["PREFECT_HOME"]).is_dir()
    assert (environ["DO_NOT_TRACK"], environ["PREFECT_SERVER_ANALYTICS_ENABLED"]) == ("1", "false")
    assert int(environ["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"]) > 100


def test_what_the_user_has_set_stands(tmp_path: Path):
    environ = {"PREFECT_HOME": str(tmp_path / "mine"), "PREFECT_API_URL": "http://127.0.0.1:4200/api"}
    prepare_prefect(tmp_path / "lake", environ)
    assert environ["PREFECT_HOME"] == str(tmp_path / "mine")
    assert environ["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    assert not (tmp_path / "lake").exists()
