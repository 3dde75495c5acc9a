namespace FlowCompile.Models.Onnx;

/// <summary>The formats that are known, in the order in which a template is compared with them.</summary>
internal static class ChatFormats
{
    /// <summary>The name that stands for no format: the texts of the messages as they are.</summary>
    public const string Plain = "plain";

    private static readonly ChatThinking s_think = new("<think>", "</think>", Opens: false, TrimsPast: true);

    private static readonly ChatFormat s_chatMl = new()
    {
        Name = "chatml",
        Has = ["<|im_start|>", "<|im_end|>"],
        HasNot = ["<|im_sep|>", "think>"],
        Tokens = ["<|im_start|>", "<|im_end|>"],
        End = "<|im_end|>",
        System = new("<|im_start|>system\n", "<|im_end|>\n"),
        User = new("<|im_start|>user\n", "<|im_end|>\n"),
        Assistant = new("<|im_start|>assistant\n", "<|im_end|>\n"),
        Answer = "<|im_start|>assistant\n",
        HasSystemAnywhere = true,
    };

    private static readonly ChatFormat s_gemma = new()
    {
        Name = "gemma",
        Has = ["<start_of_turn>", "<end_of_turn>"],
        HasNot = ["System role not supported"],
        Tokens = ["<start_of_turn>", "<end_of_turn>"],
        End = "<end_of_turn>",
        Begin = "<bos>",
        User = new("<start_of_turn>user\n", "<end_of_turn>\n"),
        Assistant = new("<start_of_turn>model\n", "<end_of_turn>\n"),
        Answer = "<start_of_turn>model\n",
        SystemPlace = SystemPlace.FirstUser,
        Trims = true,
        TakesTurns = true,
    };

    // What mistral-common calls V3 and V3-Tekken differ in blanks alone.
    private static readonly ChatFormat s_mistral = new()
    {
        Name = "mistral-v3-tekken",
        Has = ["'[INST]'", "'[/INST]'"],
        HasNot = ["[SYSTEM_PROMPT]", "<<SYS>>", "[THINK]"],
        Tokens = ["[INST]", "[/INST]", "</s>"],
        End = "</s>",
        Begin = "<s>",
        User = new("[INST]", "[/INST]"),
        Assistant = new("", "</s>"),
        Answer = "",
        SystemPlace = SystemPlace.LastUser,
        TakesTurns = true,
    };

    private static readonly ChatFormat s_deepSeek = new()
    {
        Name = "deepseek-r1",
        Has = ["<｜User｜>", "<｜Assistant｜>", "</think>", "<｜Assistant｜><think>\n"],
        HasNot = ["<｜Assistant｜></think>", "thinking is defined", "thinking is not defined"],
        Tokens = ["<｜User｜>", "<｜Assistant｜>", "<｜end▁of▁sentence｜>"],
        End = "<｜end▁of▁sentence｜>",
        Begin = "<｜begin▁of▁sentence｜>",
        User = new("<｜User｜>", ""),
        Assistant = new("<｜Assistant｜>", "<｜end▁of▁sentence｜>"),
        Answer = "<｜Assistant｜>",
        Thinking = s_think with { Opens = true, TrimsPast = false },
    };

    /// <summary>The formats.</summary>
    public static IReadOnlyList<ChatFormat> All { get; } =
    [
        s_chatMl,
        s_chatMl with
        {
            Name = "qwen3-thinking",
            Has = ["<|im_start|>", "<|im_end|>", "</think>", "<|im_start|>assistant\n<think>\n' }}"],
            HasNot = ["enable_thinking"],
            Thinking = s_think with { Opens = true },
        },
        s_chatMl with
        {
            Name = "qwen3",
            Has = ["<|im_start|>", "<|im_end|>", "enable_thinking", "'<think>\n\n</think>\n\n'"],
            HasNot = ["'<think>\n' }}"],
            Thinking = s_think,
        },
        new ChatFormat
        {
            Name = "llama-3",
            Has = ["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
            HasNot = ["think>"],
            Tokens = ["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
            End = "<|eot_id|>",
            Begin = "<|begin_of_text|>",
            System = new("<|start_header_id|>system<|end_header_id|>\n\n", "<|eot_id|>"),
            User = new("<|start_header_id|>user<|end_header_id|>\n\n", "<|eot_id|>"),
            Assistant = new("<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>"),
            Answer = "<|start_header_id|>assistant<|end_header_id|>\n\n",
            Trims = true,
            HasSystemAnywhere = true,
        },
        s_gemma,
        s_gemma with
        {
            Name = "gemma-2",
            Has = [.. s_gemma.Has, "System role not supported"],
            HasNot = [],
            SystemPlace = SystemPlace.Nowhere,
        },
        s_mistral with
        {
            Name = "mistral-v7-tekken",
            Has = [.. s_mistral.Has, "'[SYSTEM_PROMPT]'", "'[/SYSTEM_PROMPT]'"],
            HasNot = ["[THINK]"],
            Tokens = [.. s_mistral.Tokens, "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"],
            System = new("[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"),
            SystemPlace = SystemPlace.Turn,
        },
        s_mistral,
        s_mistral with
        {
            Name = "mistral-v3",
            Has = ["'[INST] '", "'[/INST]'"],
            HasNot = [.. s_mistral.HasNot, "'[INST]'", "' [/INST]'"],
            User = new("[INST] ", "[/INST]"),
            Assistant = new(" ", "</s>"),
        },
        s_mistral with
        {
            Name = "mistral-v1",
            Has = ["' [INST] '", "' [/INST]'"],
            Tokens = ["</s>"], // The rest is text in these models.
            User = new(" [INST] ", " [/INST]"),
            Assistant = new(" ", "</s>"),
            SystemPlace = SystemPlace.FirstUser,
        },
        new ChatFormat
        {
            Name = "phi-4",
            Has = ["<|im_start|>", "<|im_sep|>", "<|im_end|>"],
            HasNot = ["think"],
            Tokens = ["<|im_start|>", "<|im_sep|>", "<|im_end|>"],
            End = "<|im_end|>",
            System = new("<|im_start|>system<|im_sep|>", "<|im_end|>"),
            User = new("<|im_start|>user<|im_sep|>", "<|im_end|>"),
            Assistant = new("<|im_start|>assistant<|im_sep|>", "<|im_end|>"),
            Answer = "<|im_start|>assistant<|im_sep|>",
            HasSystemAnywhere = true,
        },
        Phi("phi-4-mini", has: "'<|' + message['role'] + '|>'", hasNot: ["'|>\n'", "'|>' + '\n'", "Your name is"], lineBreak: ""),
        Phi("phi-3", has: "'<|assistant|>\n'", hasNot: ["think>"], lineBreak: "\n"),
        s_deepSeek,
        s_deepSeek with
        {
            Name = "deepseek-r1-unopened",
            Has = ["<｜User｜>", "<｜Assistant｜>", "</think>"],
            HasNot = [.. s_deepSeek.HasNot, "<｜Assistant｜><think>"],
            Thinking = s_think with { TrimsPast = false },
        },
        s_deepSeek with
        {
            Name = "deepseek-v3",
            Has = ["<｜User｜>", "<｜Assistant｜>"],
            HasNot = ["think"],
            Thinking = null,
        },
    ];

    /// <summary>The names that settings may say.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(format => format.Name), Plain];

    private static ChatFormat Phi(string name, string has, IReadOnlyList<string> hasNot, string lineBreak) => new()
    {
        Name = name,
        Has = ["<|end|>", "<|assistant|>", has],
        HasNot = hasNot,
        Tokens = ["<|user|>", "<|assistant|>", "<|end|>"],
        End = "<|end|>",
        System = new($"<|system|>{lineBreak}", $"<|end|>{lineBreak}"),
        User = new($"<|user|>{lineBreak}", $"<|end|>{lineBreak}"),
        Assistant = new($"<|assistant|>{lineBreak}", $"<|end|>{lineBreak}"),
        Answer = $"<|assistant|>{lineBreak}",
        HasSystemAnywhere = lineBreak.Length > 0,
    };
}
