from pathlib import Path

from flows.prefect_home import HOME, SERVED, find_served, prepare_prefect, serve_environment


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


def test_a_server_that_has_gone_is_not_waited_for(tmp_path: Path):
    assert find_served(tmp_path) is None
    (tmp_path / HOME).mkdir()
    (tmp_path / HOME / SERVED).write_text("http://127.0.0.1:9/api")
    environ: dict[str, str] = {}
    prepare_prefect(tmp_path, environ)
    assert "PREFECT_API_URL" not in environ


def test_the_served_schedules_run_and_the_database_is_pruned(tmp_path: Path):
    environ = serve_environment(tmp_path, 4311)
    assert not [name for name in environ if environ[name] == "false" and "SERVICES" in name]
    assert environ["PREFECT_API_URL"] == environ["PREFECT_SERVER_UI_API_URL"] == "http://127.0.0.1:4311/api"
    assert "flow_runs" in environ["PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"]
    assert environ["PREFECT_HOME"] == str(tmp_path / HOME)
