using Answer;
using FlowCompile;
using FlowCompile.Models.OpenAI;
using FlowCompile.Settings;

using var models = new ModelProviders()
    .Add(OpenAIModels.Provider, new OpenAIModels().Open)
    .Open(ProjectSettings.Load(AppContext.BaseDirectory));
var workflow = new AnswerWorkflow { Models = models };

foreach (var question in args)
{
    var result = await workflow.RunAsync(question, Preference.Within(TimeSpan.FromSeconds(2)));
    Console.WriteLine($"{result.Output}   ({result.Configuration}, {result.Elapsed.TotalSeconds:0.0} s)");
}
