namespace FlowCompile.Profiling;

/// <summary>The tables of a store, and how an older store becomes one of today.</summary>
internal static class StoreSchema
{
    /// <summary>Marks an SQLite file as a profile store, in the file's header: "FCps".</summary>
    public const int ApplicationId = 0x46437073;

    /// <summary>The first version whose rows have checksums (<see cref="StoreTables"/>). Those of an older store are put on when it becomes one of today.</summary>
    public const int FirstWithChecksums = 6;

    /// <summary>The version written today; one more than the last entry of <see cref="Migrations"/>.</summary>
    public static int Version => Migrations.Count;

    /// <summary>For each version from 0 (an empty file) the statements that lead to the next one. Entries are never edited, only added.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE schema_history (version INTEGER PRIMARY KEY, since TEXT NOT NULL);
        CREATE TABLE models (name TEXT NOT NULL, identity TEXT NOT NULL, device TEXT, PRIMARY KEY (name, identity)) WITHOUT ROWID;
        CREATE TABLE cases (hash TEXT PRIMARY KEY, id TEXT NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE inputs (hash TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE reference_runs (
            key TEXT PRIMARY KEY, case_hash TEXT NOT NULL, variant TEXT NOT NULL, setting TEXT NOT NULL, measured_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE reference_outputs (
            run TEXT NOT NULL, node TEXT NOT NULL, replica INTEGER NOT NULL, attempt INTEGER NOT NULL,
            inputs TEXT NOT NULL, output TEXT NOT NULL, score REAL,
            PRIMARY KEY (run, node, replica, attempt)) WITHOUT ROWID;
        CREATE TABLE outcomes (
            key TEXT PRIMARY KEY, node TEXT NOT NULL, model TEXT NOT NULL, identity TEXT NOT NULL, budget INTEGER NOT NULL,
            case_hash TEXT NOT NULL, inputs TEXT NOT NULL, repetition INTEGER NOT NULL, seed INTEGER,
            failed INTEGER NOT NULL, error TEXT, score REAL, scorer TEXT NOT NULL,
            input_tokens INTEGER NOT NULL, thinking_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
            first_token_us INTEGER, latency_us INTEGER NOT NULL, token_times BLOB NOT NULL,
            output TEXT, output_hash TEXT, prompt_hash TEXT,
            concurrency INTEGER NOT NULL, machine TEXT NOT NULL, measured_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE profile (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
        CREATE TABLE cells (
            position INTEGER PRIMARY KEY, key TEXT NOT NULL, node TEXT NOT NULL, model TEXT NOT NULL, budget INTEGER NOT NULL,
            case_id TEXT NOT NULL, case_hash TEXT NOT NULL, variant TEXT NOT NULL, repetition INTEGER NOT NULL,
            inputs_right INTEGER NOT NULL, right_candidates INTEGER NOT NULL, candidates INTEGER NOT NULL);
        CREATE TABLE claims (key TEXT PRIMARY KEY, owner TEXT NOT NULL) WITHOUT ROWID;
        """,
        """
        ALTER TABLE outcomes ADD COLUMN reused_tokens INTEGER NOT NULL DEFAULT 0;
        """,
        """
        ALTER TABLE outcomes ADD COLUMN energy_uj INTEGER;
        ALTER TABLE outcomes ADD COLUMN call_key TEXT;
        CREATE INDEX outcomes_by_call ON outcomes (call_key) WHERE call_key IS NOT NULL;
        CREATE TABLE verdicts (
            key TEXT PRIMARY KEY, node TEXT NOT NULL, judge TEXT NOT NULL, case_hash TEXT NOT NULL, inputs TEXT NOT NULL, output_hash TEXT NOT NULL,
            score REAL NOT NULL, answer TEXT NOT NULL, input_tokens INTEGER NOT NULL, thinking_tokens INTEGER NOT NULL,
            output_tokens INTEGER NOT NULL, latency_us INTEGER NOT NULL, judged_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX verdicts_by_output ON verdicts (case_hash, node, inputs, output_hash);
        """,
        """
        CREATE TABLE routes (
            case_id TEXT NOT NULL, node TEXT NOT NULL, variant TEXT NOT NULL, inputs_right INTEGER NOT NULL,
            right_candidates INTEGER NOT NULL, candidates INTEGER NOT NULL, output TEXT NOT NULL,
            PRIMARY KEY (case_id, node, variant, inputs_right)) WITHOUT ROWID;
        """,
        """
        ALTER TABLE outcomes ADD COLUMN batched INTEGER NOT NULL DEFAULT 0;
        """,
        """
        ALTER TABLE models ADD COLUMN checksum INTEGER;
        ALTER TABLE cases ADD COLUMN checksum INTEGER;
        ALTER TABLE inputs ADD COLUMN checksum INTEGER;
        ALTER TABLE reference_runs ADD COLUMN checksum INTEGER;
        ALTER TABLE reference_outputs ADD COLUMN checksum INTEGER;
        ALTER TABLE outcomes ADD COLUMN checksum INTEGER;
        ALTER TABLE profile ADD COLUMN checksum INTEGER;
        ALTER TABLE cells ADD COLUMN checksum INTEGER;
        ALTER TABLE verdicts ADD COLUMN checksum INTEGER;
        ALTER TABLE routes ADD COLUMN checksum INTEGER;
        ALTER TABLE reference_runs ADD COLUMN outputs INTEGER NOT NULL DEFAULT 0;
        UPDATE reference_runs SET outputs = (SELECT COUNT(*) FROM reference_outputs o WHERE o.run = reference_runs.key);
        CREATE TABLE set_aside (id INTEGER PRIMARY KEY, table_name TEXT NOT NULL, row TEXT NOT NULL, since TEXT NOT NULL);
        """,
        """
        ALTER TABLE outcomes ADD COLUMN cached_tokens INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE verdicts ADD COLUMN cached_tokens INTEGER NOT NULL DEFAULT 0;
        """,
        """
        CREATE TABLE runs (
            key TEXT PRIMARY KEY, purpose TEXT NOT NULL, configuration TEXT NOT NULL, models TEXT NOT NULL, case_id TEXT NOT NULL, case_hash TEXT NOT NULL,
            score REAL, failed INTEGER NOT NULL, error TEXT, latency_us INTEGER NOT NULL, concurrency INTEGER NOT NULL, machine TEXT NOT NULL,
            measured_at INTEGER NOT NULL, checksum INTEGER) WITHOUT ROWID;
        """,
    ];
}
