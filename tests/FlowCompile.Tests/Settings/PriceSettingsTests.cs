using System.Text;
using FlowCompile.Settings;

namespace FlowCompile.Tests.Settings;

public sealed class PriceSettingsTests
{
    [Theory]
    [InlineData("\"inputPerMillion\": 0.25, \"outputPerMillion\": 2, \"cachedInputPerMillion\": 0.025", 0.025)]
    [InlineData("\"inputPerMillion\": 0.25, \"outputPerMillion\": 2, \"cachedInputPerMillion\": 0", 0.0)]
    [InlineData("\"inputPerMillion\": 0.25, \"outputPerMillion\": 2", null)]
    public void Price_OfCachedTokensIsReadWhereItIsWritten(string price, double? cached) =>
        Assert.Equal(new ModelPrice(0.25, 2) { CachedInputPerMillion = cached }, Parse(price));

    [Theory]
    [InlineData("\"cachedInputPerMillion\": -1", "'cachedInputPerMillion' of the model 'large' is")]
    [InlineData("\"cachedInputPerMillion\": \"cheap\"", "'cachedInputPerMillion' of the model 'large' is")]
    [InlineData("\"cachedInputPerMillion\": null", "'cachedInputPerMillion' of the model 'large' is")]
    [InlineData("\"cachedPerMillion\": 1", "the unknown key 'cachedPerMillion'")]
    public void WhatIsNoPrice_IsRefused(string price, string problem) =>
        Assert.Contains(problem, Assert.Throws<SettingsException>(() => Parse(price)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1000, 100, 0, 2200)]
    [InlineData(1000, 100, 400, 1440)] // 600 at 2, 400 at 0.1, 100 at 2
    [InlineData(1000, 100, 1000, 300)]
    [InlineData(1000, 100, 5000, 300)]
    [InlineData(1000, 100, -7, 2200)]
    [InlineData(0, 0, 5, 0)]
    public void Cost_IsThatOfEachKindOfTokens(long input, long generated, long cached, double expected) =>
        Assert.Equal(expected / 1e6, new ModelPrice(2, 2) { CachedInputPerMillion = 0.1 }.CostOf(input, generated, cached), 1e-15);

    private static ModelPrice? Parse(string price) => ProjectSettings.Parse("flowcompile.json", Encoding.UTF8.GetBytes($$"""
        {
          "models": { "large": { "replay": "b.jsonl", "price": { {{price}} } } },
          "budgets": [0]
        }
        """)).FindModel("large")!.Price;
}
