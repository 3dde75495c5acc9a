using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>A key is a key however a server spells it when it quotes it.</summary>
public class KeyFilterTests
{
    private static readonly string[] s_keys =
        ["sk-proj-0123456789abcdefghijKLMNOPQRSTUV", "a+b/c=d&e<f>\"g\\h'i%j?k~l0123456789", "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "hf_abcdefgh", "short-key"];

    private static readonly (string Name, Func<string, string> Spell)[] s_spellings =
    [
        ("as it is", key => key),
        ("upper case", key => key.ToUpperInvariant()),
        ("JSON", key => JsonEncodedText.Encode(key).Value),
        ("relaxed JSON", key => JsonEncodedText.Encode(key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value),
        ("JSON twice", key => JsonEncodedText.Encode(JsonEncodedText.Encode(key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value),
        ("all of it as JSON escapes", key => string.Concat(key.Select(c => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture)))),
        ("percent", Uri.EscapeDataString),
        ("percent in lower case", key => Uri.EscapeDataString(key).Replace("%2B", "%2b", StringComparison.Ordinal).Replace("%2F", "%2f", StringComparison.Ordinal)),
        ("all of it percent", key => string.Concat(key.Select(c => "%" + ((int)c).ToString("X2", CultureInfo.InvariantCulture)))),
        ("percent twice", key => Uri.EscapeDataString(Uri.EscapeDataString(key))),
        ("HTML", WebUtility.HtmlEncode),
        ("HTML twice", key => WebUtility.HtmlEncode(WebUtility.HtmlEncode(key))),
        ("HTML numbers", key => string.Concat(key.Select(c => $"&#{(int)c};"))),
        ("HTML hexadecimal numbers", key => string.Concat(key.Select(c => $"&#x{(int)c:x};"))),
        ("base64", Base64),
        ("base64 for addresses", key => Base64(key).Replace('+', '-').Replace('/', '_').TrimEnd('=')),
        ("base64 in an address", key => Uri.EscapeDataString(Base64(key))),
        ("basic authentication", key => "Basic " + Base64("user:" + key)),
        ("basic authentication without a user", key => "Basic " + Base64(":" + key)),
        ("basic authentication with the key as the user", key => "Basic " + Base64(key + ":")),
        ("within a longer base64 text", key => Base64("{\"authorization\":\"Bearer " + key + "\",\"more\":1}")),
        ("hexadecimal", key => Convert.ToHexString(Encoding.UTF8.GetBytes(key))),
        ("hexadecimal in lower case", key => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key))),
    ];

    public static TheoryData<string, string> Quoted
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var key in s_keys)
            {
                foreach (var (name, _) in s_spellings)
                {
                    all.Add(key, name);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Quoted))]
    public void In_every_spelling_it_is_taken_out(string key, string spelling)
    {
        var spelled = s_spellings.Single(one => one.Name == spelling).Spell(key);
        var clean = new KeyFilter([key]).Clean($"the key '{spelled}' is not known");
        Assert.Contains("[key]", clean, StringComparison.Ordinal);
        Assert.StartsWith("the key '", clean, StringComparison.Ordinal);
        Assert.EndsWith("' is not known", clean, StringComparison.Ordinal);

        // No part of it that says something is left.
        for (var i = 0; i + 8 <= spelled.Length; i++)
        {
            if (!spelled.StartsWith("Basic ", StringComparison.Ordinal) || i > 5)
            {
                Assert.DoesNotContain(spelled.Substring(i, 8), clean, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Theory]
    [InlineData("Incorrect API key provided: sk-proj-0123456789abcdef****", "Incorrect API key provided: [key]****")]
    [InlineData("sk-proj-0123...QRSTUV", "[key]...QRSTUV")]
    [InlineData("ends with 456789abcdefghij", "ends with [key]")]
    [InlineData("keys begin with sk-proj-", "keys begin with sk-proj-")]
    [InlineData("no key at all: 0123456", "no key at all: 0123456")]
    public void Long_parts_are_taken_out_and_short_ones_stay(string text, string expected) => Assert.Equal(expected, new KeyFilter([s_keys[0]]).Clean(text));

    [Fact]
    public void Without_a_key_nothing_changes() => Assert.Equal("%41 &amp; \\u0041", new KeyFilter([]).Clean("%41 &amp; \\u0041"));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
