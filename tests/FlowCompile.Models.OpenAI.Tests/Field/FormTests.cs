namespace FlowCompile.Models.OpenAI.Tests.Field;

/// <summary>Which form an answer has, and what of it is thinking.</summary>
public sealed class FormTests
{
    private static readonly ThinkMarks s_marks = new("<think>", "</think>");

    [Theory]

    // Marks of every spelling.
    [InlineData("", "<think>hm</think>56", "Block", "56", "hm")]
    [InlineData("", "<think>\nhm\n</think>\n\n56", "Block", "56", "hm")]
    [InlineData("", " \n<think>hm</think>\r\n \r\n56", "Block", "56", "hm")]
    [InlineData("", "\uFEFF<think>hm</think>56", "Block", "56", "hm")]
    [InlineData("", "<THINK>hm</THINK>56", "Block", "56", "hm")]
    [InlineData("", "<thinking>hm</thinking>56", "Block", "56", "hm")]
    [InlineData("", "[THINK]hm[/THINK]56", "Block", "56", "hm")]
    [InlineData("", "<reasoning>hm</reasoning>56", "Block", "56", "hm")]
    [InlineData("", "<seed:think>hm</seed:think>56", "Block", "56", "hm")]
    [InlineData("", "<thought>hm</thought>56", "Block", "56", "hm")]
    [InlineData("", "◁think▷hm◁/think▷56", "Block", "56", "hm")]
    [InlineData("", "<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>56<|END_RESPONSE|>", "Block", "56", "hm")]
    [InlineData("", "<|begin_of_thought|>hm<|end_of_thought|>\n\n<|begin_of_solution|>56<|end_of_solution|>", "Block", "56", "hm")]
    [InlineData("", "<|begin_of_thought|>hm<|end_of_thought|>\n\n<|begin_of_solution|>\n\n56\n\n<|end_of_solution|>\n", "Block", "56", "hm")]
    [InlineData("", "<think>hm</thinking>56", "Block", "56", "hm")]
    [InlineData("", "< think >hm</ think >56", "Block", "56", "hm")]
    [InlineData("", "<think >hm< / think>56", "Block", "56", "hm")]
    [InlineData("", "<|im_start|>assistant\n<think>hm</think>\n56", "Block", "56", "hm")]
    [InlineData("", "<think>hm</think>\n<|im_start|>assistant\n56", "Block", "56", "hm")]
    [InlineData("", "<|start_header_id|>assistant<|end_header_id|>\n\n<think>hm</think>\n56", "Block", "56", "hm")]
    [InlineData("", "<think></think>56", "Block", "56", "")]
    [InlineData("", "<think>he said \"yes\"</think>\"yes\"", "Block", "\"yes\"", "he said \"yes\"")]
    [InlineData("", "<think>```py\nx = 1\n</think>So:\n```py\nx\n```", "Block", "So:\n```py\nx\n```", "```py\nx = 1\n")]

    // The template has opened the thinking.
    [InlineData("", "hm</think>56", "ClosedOnly", "56", "hm")]
    [InlineData("", "hm\n</think>\n\n56", "ClosedOnly", "56", "hm")]
    [InlineData("", "so it is 56 </think> the answer is 56", "ClosedOnly", "the answer is 56", "so it is 56 ")]
    [InlineData("", "</think>56", "ClosedOnly", "56", "")]
    [InlineData("", "hm\n[/THINK]56", "ClosedOnly", "56", "hm")]
    [InlineData("", "hm\n</ think >\n56", "ClosedOnly", "56", "hm")]
    [InlineData("", "<|im_start|>assistant\nhm</think>\n56", "ClosedOnly", "56", "\nhm")]
    [InlineData("", "x < think and think > y", "Plain", "x < think and think > y", "")]

    // Several blocks, and text before one.
    [InlineData("", "<think>a</think><think>b</think>56", "Blocks", "56", "ab")]
    [InlineData("", "<think>a</think>\n<think>b</think>\n56", "Blocks", "56", "ab")]
    [InlineData("", "Sure.\n<think>hm</think>\n56", "Blocks", "Sure.\n56", "hm")]
    [InlineData("", "Sure. <think>hm</think>56", "Blocks", "Sure. 56", "hm")]
    [InlineData("", "<think>a</think>First.\n<think>b</think>\n56", "Blocks", "First.\n56", "ab")]
    [InlineData("", "<think>a <think>b</think> c</think>56", "Blocks", "56", "a <think>b c")]
    [InlineData("", "<think>the tag </think> ends it. So 56.\n</think>\n56", "Blocks", "56", "the tag  ends it. So 56.\n")]

    [InlineData("", "<think>a</think>\n\n56\n<think>b</think>", "Blocks", "56", "ab")]
    [InlineData("", "<think>hm</think> 56", "Block", "56", "hm")]
    [InlineData("", "<think>hm</think>\n    return 56", "Block", "    return 56", "hm")]

    // A field of its own, and what belongs elsewhere.
    [InlineData("hm", "56", "Field", "56", "hm")]
    [InlineData("hm", "\n\n56", "Field", "56", "hm")]
    [InlineData("<think>\nhm\n</think>", "56", "Field", "56", "hm")]
    [InlineData("hm", "m</think>56", "RestInContent", "56", "hmm")]
    [InlineData("hm", "</think>\n\n56", "Field", "56", "hm")]
    [InlineData("hm", "<think>m</think>56", "Block", "56", "hmm")]
    [InlineData("hm</think>56", "", "AnswerInField", "56", "hm")]
    [InlineData("hm\n</think>\n\n56", "\n", "AnswerInField", "56", "hm")]
    [InlineData("<think>hm</think>56", "", "AnswerInField", "56", "hm")]
    [InlineData("hm", "", "Field", "", "hm")]

    // Channels.
    [InlineData("", "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>56", "Channels", "56", "hm")]
    [InlineData("", "<|start|>assistant<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>commentary<|message|>m<|end|><|start|>assistant<|channel|>final<|message|>56<|return|>", "Channels", "56", "hmm")]
    [InlineData("", "analysis<|message|>hm<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>56<|return|>", "Channels", "56", "hm")]
    [InlineData("", "hm<|end|><|start|>assistant<|channel|>final<|message|>56", "Channels", "56", "hm")]
    [InlineData("", "<|channel|>final<|message|>56<|return|>", "Channels", "56", "")]
    [InlineData("", "<|channel|>analysis<|message|>hm", "Channels", "", "hm")]
    [InlineData("", "56<|return|>", "Channels", "56", "")]
    [InlineData("", "analysishmassistantfinal56", "BareChannels", "56", "hm")]

    // Nothing but an answer, marks that it talks about included.
    [InlineData("", "56", "Plain", "56", "")]
    [InlineData("", "\n56", "Plain", "\n56", "")]
    [InlineData("", "HTML has no `<think>` element, and no `</think>`.", "Plain", "HTML has no `<think>` element, and no `</think>`.", "")]
    [InlineData("", "It writes \"<think>\" first and \"</think>\" last.", "Plain", "It writes \"<think>\" first and \"</think>\" last.", "")]
    [InlineData("", "Use <think> and </think> to mark it.", "Plain", "Use <think> and </think> to mark it.", "")]
    [InlineData("", "Put <think>your thoughts</think> first.", "Plain", "Put <think>your thoughts</think> first.", "")]
    [InlineData("", "End it with </think>, not before.", "Plain", "End it with </think>, not before.", "")]
    [InlineData("", "Like so:\n```\n<think>\nhm\n</think>\n```\nDone.", "Plain", "Like so:\n```\n<think>\nhm\n</think>\n```\nDone.", "")]
    [InlineData("", "The tag is <think>", "Plain", "The tag is <think>", "")]
    [InlineData("", "<think>hm</think>Write `<think>` before and `</think>` behind it.", "Block", "Write `<think>` before and `</think>` behind it.", "hm")]
    [InlineData("", "<think>hm</think>Like so:\n```\n<think>a</think>b\n```", "Block", "Like so:\n```\n<think>a</think>b\n```", "hm")]
    [InlineData("", "a < b and </thin> or [TH", "Plain", "a < b and </thin> or [TH", "")]
    public void Answer_HasItsForm(string field, string content, string form, string answer, string thinking)
    {
        var reading = Read(field, content);
        Assert.Null(reading.Doubt);
        Assert.Equal((form, answer, thinking.Trim()), (reading.Form.ToString(), Text(reading, field, content, false), Text(reading, field, content, true).Trim()));
    }

    [Theory]
    [InlineData("", "<think>a</think>56</think>")]
    [InlineData("hm", "56\n</think>")]
    [InlineData("", "56\n<think>going on")]
    [InlineData("", "<think>a</think>56\n<think>\ngoing on")]
    public void WhatCannotBeToldApart_IsADoubt(string field, string content) => Assert.NotNull(Read(field, content).Doubt);

    [Theory]
    [InlineData("First", "", "Seven times", true, "CutThinking", "", "Seven times")]
    [InlineData("First", "", "hm</think>5", true, "ClosedOnly", "5", "hm")]
    [InlineData("First", "", "<think>hm", true, "Block", "", "hm")]
    [InlineData("First", "", "56", false, "Plain", "56", "")]
    [InlineData("Second", "56", "", false, "ContinuedAsThinking", "56", "")]
    [InlineData("Second", "", "<think>going on", false, "Block", "", "going on")]
    [InlineData("Second", "hm</think>56", "", false, "AnswerInField", "56", "hm")]
    [InlineData("Second", "", "hm</think>\n\n56", false, "ClosedOnly", "56", "hm")]
    public void PartsOfAContinuation_HaveTheirs(string part, string field, string content, bool isCut, string form, string answer, string thinking)
    {
        var reading = Read(field, content, Enum.Parse<CallPart>(part), isCut);
        Assert.Equal((form, answer, thinking), (reading.Form.ToString(), Text(reading, field, content, false), Text(reading, field, content, true)));
    }

    [Fact]
    public void CutAnswerOfAModelThatOpensItsThinkingItself_IsAnAnswer() =>
        Assert.Equal(AnswerForm.Plain, AnswerForms.Read(new Received("", "Seven times", true, CallPart.First, s_marks, AnswerForm.Block)).Form);

    [Fact]
    public void ConfiguredMarks_CountBesideTheKnownOnes()
    {
        var marks = new ThinkMarks("#THOUGHT#", "#ANSWER#");
        var reading = AnswerForms.Read(new Received("", "#THOUGHT#hm#ANSWER#56", false, CallPart.Whole, marks, null));
        Assert.Equal("56", Text(reading, "", "#THOUGHT#hm#ANSWER#56", false));
        Assert.Equal(AnswerForm.Block, AnswerForms.Read(new Received("", "<think>hm</think>56", false, CallPart.Whole, marks, null)).Form);
    }

    [Fact]
    public void MarksWithoutNumber_AreADoubtAndTakeNoTime() => Assert.NotNull(Read("", string.Concat(Enumerable.Repeat("<think>a</think>", 200_000))).Doubt);

    private static AnswerReading Read(string field, string content, CallPart part = CallPart.Whole, bool isCut = false) =>
        AnswerForms.Read(new Received(field, content, isCut, part, s_marks, null));

    private static string Text(AnswerReading reading, string field, string content, bool thinking) =>
        string.Concat(reading.Parts.Where(part => part.IsThinking == thinking && !part.IsEmpty).Select(part => (part.InField ? field : content)[part.Start..part.End]));
}
