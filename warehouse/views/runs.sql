-- view: runs
-- says: One run of the flow, also one that failed or changed nothing. A run that was killed is marked by the next one.
-- example: SELECT run_id, status, snapshot, started_at, counts_out['articles'] AS articles FROM runs
-- column run_id: The run.
-- column snapshot: The snapshot that the run published; null where it published nothing.
-- column status: What became of it. One of: running, published, unchanged, failed, cancelled, died.
-- column started_at: When it began (UTC).
-- column ended_at: When it ended (UTC); null while it runs and where it died.
-- column code_version: Version of the code that ran.
-- column settings: What it was told to do, by name.
-- column counts_in: Records read, by table.
-- column counts_out: Records published, by table.
-- column counts_rejected: Records refused, by table.
-- column stage_seconds: How long each stage took, in seconds.
-- column fault: What ended a run that did not end well; null for the others.
CREATE OR REPLACE VIEW runs AS
SELECT run_id, snapshot_id AS snapshot, status, started_at, ended_at, code_version,
    settings, counts_in, counts_out, counts_rejected, stage_seconds, fault
FROM read_json(lake_root() || '/runs/*.json', columns = {
    run_id: 'VARCHAR', snapshot_id: 'INTEGER', status: 'VARCHAR',
    started_at: 'TIMESTAMPTZ', ended_at: 'TIMESTAMPTZ', code_version: 'VARCHAR',
    settings: 'MAP(VARCHAR, VARCHAR)', counts_in: 'MAP(VARCHAR, BIGINT)', counts_out: 'MAP(VARCHAR, BIGINT)',
    counts_rejected: 'MAP(VARCHAR, BIGINT)', stage_seconds: 'MAP(VARCHAR, DOUBLE)', fault: 'VARCHAR'})
ORDER BY started_at DESC, run_id;
