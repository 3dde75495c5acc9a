namespace FlowCompile.Testing.Seeds;

/// <summary>Settings files with every key that the documentation has.</summary>
internal static class SettingsSeeds
{
    /// <summary>docs/settings.md, docs/models.md, docs/scoring.md and docs/deployment-limits.md in one file.</summary>
    public static byte[] Full { get; } = """
        {
          "models": {
            "nano": { "onnx": "models/nano" },
            "mini": { "onnx": "models/mini", "device": "cpu", "price": { "inputPerMillion": 0.1, "outputPerMillion": 0.4 } },
            "small": { "openai": "http://localhost:8000/v1", "model": "Qwen/Qwen3-4B", "reasoning": "continue", "thinkStart": "<think>", "thinkEnd": "</think>" },
            "large": {
              "openai": "https://api.example.com/v1", "model": "gpt-5-mini", "reasoning": "effort", "efforts": "low=1024, medium=8192, high", "maxTokensField": "max_completion_tokens",
              "contextLength": 128000, "concurrency": 4, "timeoutSeconds": 60, "retries": 2, "price": { "inputPerMillion": 0.25, "outputPerMillion": 2, "cachedInputPerMillion": 0.025 }
            },
            "fielded": { "openai": "http://127.0.0.1:9/v1", "reasoning": "limit", "reasoningField": "chat_template_kwargs.thinking_budget", "keyHeader": "api-key" },
            "told": { "replay": "data/calls.jsonl", "model": "small", "efforts": "nothink=0, think", "pace": "instant" }
          },
          "budgets": [0, 8, 16, 32, 64],
          "workflows": {
            "math": {
              "cases": "data/validate.jsonl", "test": "data/test.jsonl", "reference": "mini@64", "weakReference": "nano@0", "schedule": "parallel", "proxy": "paired",
              "objectives": ["accuracy", "latency", "cost"], "seed": 1, "maxFailures": 0.2,
              "limits": { "*": { "models": ["nano", "mini"] }, "Select": { "setting": "nano@0" }, "DetailedSolver": { "budgets": [0, 16], "minCount": 1 }, "GenerateSolver": { "maxCount": 1 } },
              "judge": { "setting": "large@0", "rubric": "It is right.", "rubrics": { "Select": "It is one of them." }, "checks": 50 }
            },
            "code": { "cases": "data/code.jsonl", "schedule": "superstep", "proxy": "independent" }
          },
          "deployment": {
            "maxModels": 2, "maxSpending": 250, "gpus": { "gpu0": 24, "gpu1": 80 }, "memory": { "nano": 4, "mini": 15.5, "large": { "gib": 60, "gpus": ["gpu1"] } },
            "workflows": { "math": { "runs": 100000, "maxLatency": 2.5 }, "code": { "runs": 5000, "minAccuracy": 0.7 } }
          }
        }
        """u8.ToArray();
}
