using FlowCompile;
using FlowCompile.Models.Onnx;
using WordMath;

using var models = OnnxModels.Load("flowcompile.json");
var math = new MathWorkflow { Models = models };

string[] problems =
[
    "ann has 21 books . then ann has twice as many books . how many books does ann have now ?",
    "leo has 17 apples . then leo has three times as many apples . leo gives 9 apples to sam . leo finds 13 more apples . how many apples does leo have now ?",
    "mia has 16 coins . leo has 5 coins . mia loses 8 coins . mia gets 3 coins from leo . how many coins do mia and leo have together ?",
];

foreach (var problem in problems)
{
    Console.WriteLine(problem);
    foreach (var preference in new[] { Preference.Fastest, Preference.Balanced, Preference.MostAccurate })
    {
        var result = await math.RunAsync(problem, preference);
        Console.WriteLine($"  {preference,-13} {result.Output,3}   {result.Elapsed.TotalMilliseconds,6:0.0} ms   {result.Configuration.ToText(MathWorkflow.Graph)}");
    }
}
