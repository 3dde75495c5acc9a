// Writes the tokenizers of this folder, one of each kind, and what Hugging Face's own library reads and writes with them:
//
//     npm install tokenizers@0.23.2      (anywhere; the library itself, Apache-2.0)
//     NODE_PATH=.../node_modules node make.cjs [number of random texts, 40 where it is left out] [folder, this one where it is left out]
//
// The vocabularies are made here, from the text below, which was written for this purpose.
const fs = require('fs');
const path = require('path');
const { Tokenizer } = require('tokenizers');

const count = Number(process.argv[2] ?? 40);
const folder = process.argv[3] ?? __dirname;

const corpus = `
The miller opened the gate at seven and counted 24 sacks of flour, 3 of oats and 17 of barley. "You're late," said the driver; "I've been
here since five, and they'll charge us for the mooring." The miller didn't answer. He wasn't in a hurry: the river was low, the wind was
low, and nobody would sail before noon. At noon the river rose, the driver slept, the miller counted again: 24, 3 and 17, and one that
nobody had counted. Some of the flour was for the baker in the upper town, some of it for the school, and some, as always, for the mice.
Where is the key of the lower gate? The key is where the key always is, said the miller, and the driver opened one eye and closed it again.
Der Müller öffnete das Tor. Le meunier a ouvert la porte, déjà. 粉屋は門を開けた。мельник открыл ворота. value = table[i] + 10 * (x - 1)
`.trim();

// ---- vocabularies ----

function count2(words, weight) {
  const pairs = new Map();
  for (const word of words) {
    for (let i = 0; i + 1 < word.length; i++) {
      const key = word[i] + '\u0000' + word[i + 1];
      pairs.set(key, (pairs.get(key) ?? 0) + weight);
    }
  }
  return pairs;
}

// Learns merges: the most frequent pair first, the smaller one where several are.
function learn(words, merges, prefix = '') {
  words = words.map(word => [...word].map((c, i) => (i > 0 ? prefix : '') + c));
  const learned = [];
  while (learned.length < merges) {
    const best = [...count2(words, 1)].filter(([, n]) => n > 1).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    if (!best) break;
    const [left, right] = best[0].split('\u0000');
    const joined = left + right.slice(prefix.length);
    learned.push([left, right]);
    words = words.map(word => {
      const result = [];
      for (let i = 0; i < word.length; i++) {
        if (i + 1 < word.length && word[i] === left && word[i + 1] === right) { result.push(joined); i++; } else result.push(word[i]);
      }
      return result;
    });
  }
  return learned;
}

function vocabulary(first, merges, prefix = '') {
  const tokens = [...first];
  for (const [left, right] of merges) tokens.push(left + right.slice(prefix.length));
  return Object.fromEntries([...new Set(tokens)].map((token, id) => [token, id]));
}

const alphabet = (() => {
  const map = [];
  let next = 256;
  for (let b = 0; b < 256; b++) {
    map.push((b >= 33 && b <= 126) || (b >= 0xa1 && b <= 0xac) || (b >= 0xae) ? String.fromCharCode(b) : String.fromCharCode(next++));
  }
  return map;
})();
const bytesOf = text => [...Buffer.from(text)].map(b => alphabet[b]).join('');
const byteTokens = [...Array(256).keys()].map(b => `<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`);
const words = corpus.match(/ ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+/gu);

// ---- parts ----

const added = (id, content, flags = {}) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...flags });
const split = (regex, behavior = 'Isolated') => ({ type: 'Split', pattern: { Regex: regex }, behavior, invert: false });
const byteLevel = (use_regex = true, add_prefix_space = false) => ({ type: 'ByteLevel', add_prefix_space, trim_offsets: true, use_regex });
const sequence = (key, ...parts) => ({ type: 'Sequence', [key]: parts });
const bos = (token, id) => ({
  type: 'TemplateProcessing',
  single: [{ SpecialToken: { id: token, type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
  pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
  special_tokens: { [token]: { id: token, ids: [id], tokens: [token] } },
});

function bpe(merges, first, extra = {}, prefix = '') {
  return {
    type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: prefix || null, end_of_word_suffix: null, fuse_unk: false,
    byte_fallback: false, ignore_merges: false, vocab: vocabulary(first, merges, prefix), merges, ...extra,
  };
}

const file = (model, parts, addedTokens) => ({
  version: '1.0', truncation: null, padding: null, added_tokens: addedTokens, normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, ...parts, model,
});

function bytePair(pre, parts = {}, extra = {}) {
  const model = bpe(learn(words.map(bytesOf), 220), alphabet, extra);
  const size = Object.keys(model.vocab).length;
  return file(model, { pre_tokenizer: pre, decoder: byteLevel(), post_processor: byteLevel(), ...parts },
    [added(size, '<|end|>'), added(size + 1, '<|start|>'), added(size + 2, '<note>', { special: false }), added(size + 3, '<|endless|>')]);
}

const meta = words.map(word => word.replace(/ /g, '▁'));
function sentencePiece(parts, addedTokens = [], extra = {}) {
  const singles = [...new Set(meta.join(''))].filter(c => !'粉屋門を開け'.includes(c));
  const model = bpe(learn(meta.map(word => [...word].filter(c => singles.includes(c)).join('')), 200), ['<unk>', '<s>', '</s>', ...byteTokens, ...singles], {
    unk_token: '<unk>', fuse_unk: true, byte_fallback: true, ...extra,
  });
  for (const token of addedTokens) {
    model.vocab[token.content] ??= Object.keys(model.vocab).length;
    token.id = model.vocab[token.content];
  }
  return file(model, parts, [added(0, '<unk>'), added(1, '<s>'), added(2, '</s>'), ...addedTokens]);
}
const llamaDecoder = sequence('decoders',
  { type: 'Replace', pattern: { String: '▁' }, content: ' ' }, { type: 'ByteFallback' }, { type: 'Fuse' }, { type: 'Strip', content: ' ', start: 1, stop: 0 });

function unigram(parts, bytes) {
  const pieces = new Map();
  for (const word of meta) {
    const chars = [...word.toLowerCase()];
    for (let i = 0; i < chars.length; i++) {
      for (let n = 1; n <= 6 && i + n <= chars.length; n++) {
        const piece = chars.slice(i, i + n).join('');
        pieces.set(piece, (pieces.get(piece) ?? 0) + n);
      }
    }
  }
  const best = [...pieces].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 330);
  const total = best.reduce((sum, [, n]) => sum + n, 0);
  const vocab = [['<unk>', 0], ['<s>', 0], ['</s>', 0], ...(bytes ? byteTokens.map(t => [t, 0]) : []), ...best.map(([p, n]) => [p, Math.log(n / total)])];
  return file({ type: 'Unigram', unk_id: 0, vocab, byte_fallback: bytes }, parts, [added(0, '<unk>'), added(1, '<s>'), added(2, '</s>')]);
}

function wordPiece(parts) {
  const merges = learn(corpus.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '').match(/\p{L}+|\p{N}+/gu), 180, '##');
  const singles = [...new Set(corpus.toLowerCase().replace(/\s/g, ''))].filter(c => !'粉屋門éü'.includes(c));
  const vocab = vocabulary(['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...singles, ...singles.map(c => '##' + c)], merges, '##');
  return file({ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 20, vocab }, parts,
    [added(0, '[PAD]'), added(1, '[UNK]'), added(2, '[CLS]'), added(3, '[SEP]')]);
}

function wordPairs() {
  const merges = learn(corpus.match(/\p{L}+|\p{N}+/gu), 120, '##');
  const singles = [...new Set(corpus.replace(/\s/g, ''))].filter(c => !'粉屋門q'.includes(c));
  const model = bpe(merges, ['[UNK]', ...singles, ...singles.map(c => '##' + c)], { unk_token: '[UNK]' }, '##');
  const size = Object.keys(model.vocab).length;
  return file(model, {
    normalizer: sequence('normalizers', { type: 'NFD' }, { type: 'StripAccents' }, { type: 'Strip', strip_left: true, strip_right: true },
      { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' }),
    pre_tokenizer: sequence('pretokenizers', { type: 'Whitespace' }, { type: 'Digits', individual_digits: true }, { type: 'Punctuation', behavior: 'Contiguous' }),
  }, [
    added(size, 'MASK', { lstrip: true }), added(size + 1, 'GAP', { rstrip: true, special: false }), added(size + 2, 'mill', { single_word: true, special: false }),
    added(size + 3, 'Über', { normalized: true, special: false }),
  ]);
}

const qwen = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const llama = qwen.replace('\\p{N}| ?', '\\p{N}{1,3}| ?');
const cased = "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
  + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const deepseek = "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

const tokenizers = {
  'bytes-gpt2': bytePair(byteLevel()),
  'bytes-prefix': bytePair(byteLevel(true, true), { normalizer: { type: 'NFKC' } }),
  'bytes-qwen': bytePair(sequence('pretokenizers', split(qwen), byteLevel(false)), { normalizer: { type: 'NFC' } }),
  'bytes-llama3': bytePair(sequence('pretokenizers', split(llama), byteLevel(false)), { post_processor: sequence('processors', byteLevel(), bos('<|start|>', 0)) }, { ignore_merges: true }),
  'bytes-cased': bytePair(sequence('pretokenizers', split(cased), byteLevel(false))),
  'bytes-deepseek': bytePair(sequence('pretokenizers', split('\\p{N}{1,3}'), split('[一-龥぀-ゟ゠-ヿ]+'), split(deepseek), byteLevel(false))),
  'pieces-llama2': sentencePiece({
    normalizer: sequence('normalizers', { type: 'Prepend', prepend: '▁' }, { type: 'Replace', pattern: { String: ' ' }, content: '▁' }),
    post_processor: bos('<s>', 1), decoder: llamaDecoder,
  }),
  'pieces-mistral': sentencePiece({
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }, post_processor: bos('<s>', 1), decoder: llamaDecoder,
  }),
  'pieces-gemma': sentencePiece({
    normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    pre_tokenizer: { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false },
    decoder: sequence('decoders', { type: 'Replace', pattern: { String: '▁' }, content: ' ' }, { type: 'ByteFallback' }, { type: 'Fuse' }),
  }, ['\n\n', '▁▁', '▁▁▁', '<h1>', '</h1>', '<b>'].map(content => added(0, content, { special: false, normalized: false }))),
  'unigram': unigram({
    normalizer: sequence('normalizers', { type: 'NFKC' }, { type: 'Lowercase' }),
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }, decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  }, false),
  'unigram-bytes': unigram({
    normalizer: { type: 'NFKD' },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never', split: false }, decoder: sequence('decoders', { type: 'ByteFallback' }, { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never', split: false }),
  }, true),
  'wordpiece': wordPiece({
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] }, decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  }),
  'word-pairs': wordPairs(),
};
tokenizers['bytes-llama3'].post_processor.processors[1].special_tokens['<|start|>'].ids = [tokenizers['bytes-llama3'].added_tokens[1].id];

// ---- texts ----

const texts = [
  '', ' ', '\n', 'a', 'The miller opened the gate.', '  two  blanks   three ', "I'm, you're; THEY'LL, it'ſ and IT'S", 'ends with a blank ', 'tabs\tand\r\nlines\n\n\nmore\u00a0wide\u2003blanks\u3000',
  '12345 and 3.14, ½ ² Ⅷ ① ٣٤ 𝟙𝟚', 'naïve café déjà ÀÉÎ', 'e\u0301 a\u0308\u0323 o\u0323\u0308 \u1e9b\u0323', '각 각 \u1112\u1161\u11ab', '粉屋は門を開けた。漢字かな交じり', 'мельник открыл ворота', 'مرحبا بالعالم',
  'emoji 🙂👩‍👩‍👧‍👦🇩🇪 end', '𝒳 𐐀𐐨 𠀀𪛖 𝔘nicode', 'ＡＢＣ ﬁ ﬀ ㎏ ™', 'ß ẞ İ ı K Å Σς', 'x\u0000y\u0007z\u200b\u200d\ufeff\ufffd\ue000', 'value = table[i] + 10 * (x - 1)', '<|start|>user\nhello<|end|>', 'a <note> b<|endless|><|end|>c',
  '<s>one</s> two <unk>', '[CLS] one [SEP][UNK] [MASK]', 'the mill, millers, mill.', 'one  MASK two GAP   three', 'Über über U\u0308ber', '<h1>Title</h1>\n\n\n\ntext ▁ ▁▁ lower▁', 'a   b    c', '<0x41> <0xE2>', 'supercalifragilisticexpialidocious word', '“quotes” – dash… ¿qué? «oui»', '$$\\int_0^1 x^2\\,dx$$', 'a_b a-b a.b a@b',
];
let state = 12345;
const random = n => (state = (state * 1103515245 + 12345) & 0x7fffffff, Math.floor(state / 65536) % n);
const bits = [...' \n\t\r  ', ...'aeioTHEmillers019.,;:!?\'"()[]<>|_-', 'the', ' miller', "'s", "'LL", 'é', 'e\u0301', '\u0301', '\u0323', 'ſ', 'K', 'İ', '粉', '屋', '開', 'は', '각', 'ᄒ', 'ᅡ', '🙂', '\u200d', '👧', '🇩', '𝒳', '𐐀', '𠀀', '𝟙', '½', 'Ⅷ', 'Ⓐ', 'ﬁ', 'Ａ', '\u00a0', '\u3000', '\u0000', '\ufeff', '▁', '<s>', '</s>', '<|end|>', '<|start|>', '<note>', '[SEP]', 'MASK', 'GAP', 'mill', 'Über', '<b>', 'ا', 'ਾ', 'ⷠ', '\u0903', '…', '€', '№', '\u2028'];
for (let i = 0; i < count; i++) texts.push(Array.from({ length: 1 + random(12) }, () => bits[random(bits.length)]).join(''));

(async () => {
  const references = {};
  for (const [name, content] of Object.entries(tokenizers)) {
    const text = JSON.stringify(content);
    fs.writeFileSync(path.join(folder, `${name}.json`), text + '\n');
    const tokenizer = Tokenizer.fromString(text);
    const reference = { encoded: [], withEnds: [], decoded: [] };
    for (const one of texts) {
      reference.encoded.push((await tokenizer.encode(one, null, { addSpecialTokens: false })).getIds());
      if (reference.withEnds.length < 6) reference.withEnds.push((await tokenizer.encode(one, null, { addSpecialTokens: true })).getIds());
    }
    const size = tokenizer.getVocabSize(true);
    const lists = [...reference.encoded.slice(0, 36), ...Array.from({ length: count }, () => Array.from({ length: 1 + random(14) }, () => random(3) ? random(size) : random(Math.min(size, 260))))];
    for (const ids of lists) {
      reference.decoded.push({ ids, text: await tokenizer.decode(ids, false), plain: await tokenizer.decode(ids, true) });
    }
    references[name] = reference;
  }
  const lines = Object.entries(references).map(([name, r]) => `${JSON.stringify(name)}: ${JSON.stringify(r)}`);
  fs.writeFileSync(path.join(folder, 'references.json'), `{"texts": ${JSON.stringify(texts)},\n${lines.join(',\n')}}\n`);
})();
