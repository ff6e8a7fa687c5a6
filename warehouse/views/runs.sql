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
-- column stage_records: How many records each stage worked on: files, pages, articles, or rows published.
-- column stage_bytes: How many bytes of source a stage worked on, where it reads the source.
-- column stage_records_per_second: Records a second, by stage.
-- column stage_mb_per_second: Megabytes (10^6) of source a second, by stage.
-- column warnings: Counts above what the settings LAKE_MAX_* expect.
CREATE OR REPLACE VIEW runs AS
SELECT run_id, snapshot_id AS snapshot, status, started_at, ended_at, code_version,
    settings, counts_in, counts_out, counts_rejected, stage_seconds, fault, stage_records, stage_bytes,
    map_from_entries([
        {'stage': stage, 'rate': round(stage_records[stage] / nullif(stage_seconds[stage], 0), 1)}
        for stage in map_keys(stage_records)
    ]) AS stage_records_per_second,
    map_from_entries([
        {'stage': stage, 'rate': round(stage_bytes[stage] / 1e6 / nullif(stage_seconds[stage], 0), 6)}
        for stage in map_keys(stage_bytes)
    ]) AS stage_mb_per_second,
    warnings
FROM read_json(lake_root() || '/runs/*.json', columns = {
    run_id: 'VARCHAR', snapshot_id: 'INTEGER', status: 'VARCHAR',
    started_at: 'TIMESTAMPTZ', ended_at: 'TIMESTAMPTZ', code_version: 'VARCHAR',
    settings: 'MAP(VARCHAR, VARCHAR)', counts_in: 'MAP(VARCHAR, BIGINT)', counts_out: 'MAP(VARCHAR, BIGINT)',
    counts_rejected: 'MAP(VARCHAR, BIGINT)', stage_seconds: 'MAP(VARCHAR, DOUBLE)', fault: 'VARCHAR',
    stage_records: 'MAP(VARCHAR, BIGINT)', stage_bytes: 'MAP(VARCHAR, BIGINT)', warnings: 'VARCHAR[]'})
ORDER BY started_at DESC, run_id;
