"""Renders conversations by the chat templates of published models, as Hugging Face's Transformers sets Jinja up, for ChatFormatTests:

    pip install jinja2
    python3 make.py FOLDER > renderings.json

FOLDER has the templates, each the `chat_template` of a model's tokenizer_config.json in a file FORMAT.jinja; `FORMAT~NAME.jinja` is another one of that format.
"""
import json
import pathlib
import sys

from jinja2.sandbox import ImmutableSandboxedEnvironment

BEGIN = {"llama-3": "<|begin_of_text|>", "gemma": "<bos>", "mistral": "<s>", "deepseek": "<｜begin▁of▁sentence｜>"}
END = {"mistral": "</s>", "deepseek": "<｜end▁of▁sentence｜>"}
CONVERSATIONS = [
    [("user", "What is 6 times 7?")],
    [("user", "  indented,\n\nand with blanks behind  ")],
    [("system", "Be brief."), ("user", "Hi")],
    [("user", "Hi"), ("assistant", "Hello!"), ("user", "6*7?")],
    [("system", "Be brief."), ("user", "Hi"), ("assistant", "Hello!"), ("user", "6*7?"), ("assistant", "42"), ("user", "Sure?")],
    [("user", "Hi"), ("assistant", "<think>\ngreet\n</think>\n\nHello!"), ("user", "6*7?")],
]


def refuse(message):
    raise ValueError(message)


def of(table, name):
    return next((value for key, value in table.items() if name.startswith(key)), "")


rows = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.jinja")):
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = refuse
    environment.globals["strftime_now"] = lambda form: "2026-11-30"
    template = environment.from_string(path.read_text())
    for turns in CONVERSATIONS:
        messages = [{"role": role, "content": content} for role, content in turns]
        for thinks in (True, False) if "enable_thinking" in path.read_text() else (True,):
            try:
                text = template.render(
                    messages=messages, add_generation_prompt=True, enable_thinking=thinks, bos_token=of(BEGIN, path.stem), eos_token=of(END, path.stem))
            except ValueError as error:
                text = None
            rows.append({"template": path.stem, "messages": messages, "thinks": thinks, "text": text})
print("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]")
