namespace FlowCompile.Scoring;

/// <summary>The spellings of one thing, and what they are read as.</summary>
internal static class MathSymbols
{
    /// <summary>LaTeX commands that are signs.</summary>
    public static IReadOnlyDictionary<string, string> Commands { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cdot"] = "*",
        ["times"] = "*",
        ["ast"] = "*",
        ["div"] = "/",
        ["pm"] = "±",
        ["mp"] = "∓",
        ["le"] = "≤",
        ["leq"] = "≤",
        ["leqslant"] = "≤",
        ["ge"] = "≥",
        ["geq"] = "≥",
        ["geqslant"] = "≥",
        ["lt"] = "<",
        ["gt"] = ">",
        ["ne"] = "≠",
        ["neq"] = "≠",
        ["approx"] = "=",
        ["equiv"] = "=",
        ["in"] = "∈",
        ["cup"] = "∪",
        ["cap"] = "∩",
        ["setminus"] = "∖",
        ["backslash"] = "∖",
        ["circ"] = "°",
        ["degree"] = "°",
        ["lbrace"] = "{{",
        ["rbrace"] = "}}",
        ["langle"] = "⟨",
        ["rangle"] = "⟩",
        ["lvert"] = "|",
        ["rvert"] = "|",
        ["vert"] = "|",
        ["mid"] = "|",
        ["lbrack"] = "[",
        ["rbrack"] = "]",
        ["colon"] = ":",
        ["emptyset"] = "∅",
        ["varnothing"] = "∅",
        ["mathbbR"] = "ℝ",
        ["prime"] = "'",
        ["land"] = "and",
        ["lor"] = "or",
        ["parallel"] = "∥",
        ["to"] = "→",
        ["rightarrow"] = "→",
        ["perp"] = "⊥",
    };

    /// <summary>Commands that only change how things look.</summary>
    public static IReadOnlySet<string> Ignored { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "displaystyle", "textstyle",
        "limits", "nolimits", "quad", "qquad", "thinspace", "boxed", "fbox", "mathstrut", "strut", "hfill", "rm", "bf", "it", "ensuremath", "vec", "hat", "bar",
        "bold", "boldsymbol", "mathbb", "mathcal", "hline", "noindent", "phantom",
    };

    /// <summary>Commands whose argument is text.</summary>
    public static IReadOnlySet<string> Texts { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "text", "mbox", "hbox", "textbf", "textrm", "textit", "textsf", "texttt", "textnormal", "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "operatorname", "unit", "emph",
    };

    /// <summary>Functions, in LaTeX or as a plain word.</summary>
    public static IReadOnlySet<string> Functions { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "log", "exp", "gcd", "lcm", "det", "deg", "max", "min", "Re", "Im",
    };

    /// <summary>Constructions with arguments of their own.</summary>
    public static IReadOnlyDictionary<string, string> Constructions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["frac"] = "frac",
        ["dfrac"] = "frac",
        ["tfrac"] = "frac",
        ["cfrac"] = "frac",
        ["sfrac"] = "frac",
        ["nicefrac"] = "frac",
        ["sqrt"] = "sqrt",
        ["cbrt"] = "cbrt",
        ["binom"] = "binom",
        ["dbinom"] = "binom",
        ["tbinom"] = "binom",
        ["begin"] = "begin",
        ["end"] = "end",
        ["overline"] = "overline",
    };

    /// <summary>Letters by command or plain word; each is read as its own name unless another stands here.</summary>
    public static IReadOnlyDictionary<string, string> Letters { get; } = new[]
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi",
        "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega", "ell", "hbar",
    }.ToDictionary(name => name, StringComparer.Ordinal).With("infty", "∞").With("infinity", "∞").With("inf", "∞").With("varepsilon", "epsilon").With("vartheta", "theta").With("varphi", "phi");

    /// <summary>Single characters that are written in more than one way.</summary>
    public static IReadOnlyDictionary<char, string> Characters { get; } = new Dictionary<char, string>
    {
        ['\u2212'] = "-",
        ['\u2013'] = "-",
        ['\u00D7'] = "*",
        ['\u00B7'] = "*",
        ['\u22C5'] = "*",
        ['\u2217'] = "*",
        ['\u00F7'] = "/",
        ['\u2044'] = "/",
        ['\u2264'] = "≤",
        ['\u2265'] = "≥",
        ['\u2260'] = "≠",
        ['\u2248'] = "=",
        ['\u222A'] = "∪",
        ['\u2229'] = "∩",
        ['\u2208'] = "∈",
        ['\u2216'] = "∖",
        ['\u00B0'] = "°",
        ['\u00BA'] = "°",
        ['\u00B1'] = "±",
        ['\u2213'] = "∓",
        ['\u2205'] = "∅",
        ['\u211D'] = "ℝ",
        ['\u27E8'] = "⟨",
        ['\u27E9'] = "⟩",
        ['\u2032'] = "'",
        ['\u00B2'] = "²",
        ['\u00B3'] = "³",
        ['\u20AC'] = "€",
        ['\u00A3'] = "£",
    };

    private static Dictionary<string, string> With(this Dictionary<string, string> letters, string name, string value)
    {
        letters[name] = value;
        return letters;
    }
}
