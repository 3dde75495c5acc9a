namespace FlowCompile.Profiling;

/// <summary>The tables whose rows have checksums, with what their values can be. Their columns are those of the latest <see cref="StoreSchema.Version"/>.</summary>
internal static class StoreTables
{
    private const string VariantIsKnown = "variant IN ('Strong', 'Weak', 'Composed')";

    public static StoreTable Models { get; } = new("models", "name T, identity T, device t", "name, identity");

    public static StoreTable Cases { get; } = new("cases", "hash T, id T, json T", "hash", "json_valid(json)");

    public static StoreTable Inputs { get; } = new("inputs", "hash T, json T", "hash", "json_valid(json) AND json_type(json) = 'array'");

    public static StoreTable ReferenceRuns { get; } = new(
        "reference_runs", "key T, case_hash T, variant T, setting T, measured_at I, outputs I", "key", VariantIsKnown,
        // One that lacks the output of a node would be read as a run in which the node did not run.
        "outputs = (SELECT COUNT(*) FROM reference_outputs o JOIN inputs i ON i.hash = o.inputs WHERE o.run = reference_runs.key)");

    public static StoreTable ReferenceOutputs { get; } = new(
        "reference_outputs", "run T, node T, replica I, attempt I, inputs T, output T, score r", "run, node, replica, attempt",
        "replica >= 0 AND attempt >= 0 AND json_valid(output) AND (score IS NULL OR score BETWEEN 0 AND 1)");

    public static StoreTable Outcomes { get; } = new(
        "outcomes",
        """
        key T, call_key t, node T, model T, identity T, budget I, case_hash T, inputs T, repetition I, seed i, scorer T, measured_at I, failed I, error t, score r,
        input_tokens I, thinking_tokens I, output_tokens I, first_token_us i, latency_us I, token_times B, output t, output_hash t, prompt_hash t, concurrency I, machine T,
        reused_tokens I, energy_uj i, batched I, cached_tokens I7
        """,
        "key",
        """
        failed IN (0, 1) AND batched IN (0, 1) AND budget >= 0 AND repetition >= 0 AND concurrency >= 0
        AND (score IS NULL OR score BETWEEN 0 AND 1) AND (failed = 1 OR (score IS NOT NULL AND output IS NOT NULL AND output_hash IS NOT NULL))
        AND min(input_tokens, thinking_tokens, output_tokens, reused_tokens, cached_tokens, latency_us, coalesce(first_token_us, 0), coalesce(energy_uj, 0)) >= 0
        AND (output IS NULL OR json_valid(output))
        """);

    public static StoreTable Profile { get; } = new("profile", "id I, json T", "id", "json_valid(json)");

    public static StoreTable Cells { get; } = new(
        "cells",
        "position I, key T, node T, model T, budget I, case_id T, case_hash T, variant T, repetition I, inputs_right I, right_candidates I, candidates I",
        "position",
        $"{VariantIsKnown} AND budget >= 0 AND repetition >= 0 AND inputs_right IN (0, 1) AND right_candidates BETWEEN 0 AND candidates");

    public static StoreTable Verdicts { get; } = new(
        "verdicts",
        """
        key T, node T, judge T, case_hash T, inputs T, output_hash T, score R, answer T, input_tokens I, thinking_tokens I, output_tokens I, latency_us I, judged_at I, cached_tokens I7
        """,
        "key",
        "score BETWEEN 0 AND 1 AND min(input_tokens, thinking_tokens, output_tokens, latency_us, cached_tokens) >= 0");

    public static StoreTable Routes { get; } = new(
        "routes", "case_id T, node T, variant T, inputs_right I, right_candidates I, candidates I, output T", "case_id, node, variant, inputs_right",
        $"{VariantIsKnown} AND inputs_right IN (0, 1) AND right_candidates BETWEEN 0 AND candidates");

    public static StoreTable Runs { get; } = new(
        "runs",
        "key T, purpose T, configuration T, models T, case_id T, case_hash T, score r, failed I, error t, latency_us I, concurrency I, machine T, measured_at I",
        "key",
        "purpose IN ('Reference', 'Verification') AND (score IS NULL OR score BETWEEN 0 AND 1) AND failed = (error IS NOT NULL) AND min(latency_us, concurrency) >= 0");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StoreTable> All { get; } = [Models, Cases, Inputs, ReferenceRuns, ReferenceOutputs, Outcomes, Profile, Cells, Verdicts, Routes, Runs];
}
