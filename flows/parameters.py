"""Which parameters the deployments take: those of their flow, and no others. `python -m flows.parameters`.

Prefect 3.8.8 holds a parameter's value against what the flow declares, but lets a name pass that no flow has: the run
is made, and fails as it starts. What the server holds is JSON Schema, though, and that can forbid other names.
"""

from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentUpdate

from flows.stale_runs import TAG

CLOSED = {"additionalProperties": False}


def refuse_unknown_parameters(client: SyncPrefectClient) -> list[str]:
    """Let the server refuse a run with a parameter of another name; give the names of the deployments.

    To be done after each `prefect deploy`, which writes the schema anew. Raises PrefectHTTPStatusError where a
    deployment has such a parameter itself.
    """
    mine = [deployment for deployment in client.read_deployments() if TAG in deployment.tags]
    for deployment in mine:
        schema = (deployment.parameter_openapi_schema or {}) | CLOSED
        client.update_deployment(deployment.id, DeploymentUpdate(parameter_openapi_schema=schema))
    return [deployment.name for deployment in mine]


if __name__ == "__main__":
    with get_client(sync_client=True) as known:
        print("No other parameters for", ", ".join(refuse_unknown_parameters(known)))  # noqa: T201 -- a command
