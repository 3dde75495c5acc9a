"""Makes tiny decoders with random weights in the shapes in which public models are exported, with reference logits.

    apt-get install python3-torch python3-onnx
    python3 make_graphs.py

The networks are written in PyTorch from the public descriptions of Llama, Qwen3 and GPT-2. torch.onnx exports them; what exporters do besides (caches of 16 bits, merged branches, weights of
8 and 4 bits, fused attention) is done to the graph here. The logits beside each graph are those of PyTorch on the whole text at once, without a cache, with the weights as they were rounded.
Where activations are quantized too, that depends on what is read together, and PyTorch reads what the test reads: a prompt, and then token by token.
"""
import json, math, os
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = [[3, 17, 41, 8, 22, 5, 30, 11, 2, 46, 19], [7, 7, 1, 33, 28, 14, 9, 40, 25, 12, 6]]
PROMPT = 5


class Sizes:
    def __init__(self, **changes):
        self.vocabulary, self.hidden, self.layers, self.heads, self.kv, self.head, self.inner, self.context = 48, 16, 2, 2, 1, 8, 32, 64
        self.norms_heads = False
        self.__dict__.update(changes)


class Linear(torch.nn.Module):
    """x W, with W of (in, out), as exporters write it."""

    quantizes_input = False

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.randn(inputs, outputs) / math.sqrt(inputs))

    def forward(self, x):
        return torch.matmul(dynamic(x) if Linear.quantizes_input else x, self.weight)


def dynamic(x):
    """DynamicQuantizeLinear and back, by the definition of the ONNX operator."""
    low, high = min(0.0, x.min().item()), max(0.0, x.max().item())
    scale = np.float32((np.float32(high) - np.float32(low)) / np.float32(255)) or np.float32(1)
    zero = np.clip(np.rint(np.float32(0 - low) / scale), 0, 255)
    return torch.from_numpy(((np.clip(np.rint(x.numpy() / scale) + zero, 0, 255) - zero) * scale).astype(np.float32))


class RmsNorm(torch.nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = torch.nn.Parameter(1 + 0.1 * torch.randn(size))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * self.weight


def rotate(x, positions, head):
    """Rotary embedding: the halves of a head turn by position times theta^(-2i/head)."""
    angles = positions.unsqueeze(-1).float() * torch.pow(10000.0, -torch.arange(0, head, 2).float() / head)
    cos, sin = torch.cos(angles).unsqueeze(1), torch.sin(angles).unsqueeze(1)
    a, b = x[..., : head // 2], x[..., head // 2:]
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Attention(torch.nn.Module):
    def __init__(self, s, rotary):
        super().__init__()
        self.s, self.rotary = s, rotary
        self.q, self.k, self.v, self.o = Linear(s.hidden, s.heads * s.head), Linear(s.hidden, s.kv * s.head), Linear(s.hidden, s.kv * s.head), Linear(s.heads * s.head, s.hidden)
        self.q_norm, self.k_norm = (RmsNorm(s.head), RmsNorm(s.head)) if s.norms_heads else (torch.nn.Identity(), torch.nn.Identity())

    def forward(self, x, positions, bias, key, value):
        s, (rows, count) = self.s, (x.shape[0], x.shape[1])
        q = self.q_norm(self.q(x).view(rows, count, s.heads, s.head)).transpose(1, 2)
        k = self.k_norm(self.k(x).view(rows, count, s.kv, s.head)).transpose(1, 2)
        v = self.v(x).view(rows, count, s.kv, s.head).transpose(1, 2)
        if self.rotary:
            q, k = rotate(q, positions, s.head), rotate(k, positions, s.head)
        if key is not None:
            k, v = torch.cat([key, k], 2), torch.cat([value, v], 2)
        wide_k, wide_v = (t.unsqueeze(2).expand(-1, -1, s.heads // s.kv, -1, -1).reshape(rows, s.heads, -1, s.head) for t in (k, v))
        scores = torch.softmax(torch.matmul(q, wide_k.transpose(2, 3)) / math.sqrt(s.head) + bias, -1)
        return self.o(torch.matmul(scores, wide_v).transpose(1, 2).reshape(rows, count, s.heads * s.head)), k, v


class Block(torch.nn.Module):
    def __init__(self, s, gpt):
        super().__init__()
        norm = (lambda: torch.nn.LayerNorm(s.hidden)) if gpt else (lambda: RmsNorm(s.hidden))
        self.gpt, self.before, self.after, self.attention = gpt, norm(), norm(), Attention(s, rotary=not gpt)
        self.up, self.down = Linear(s.hidden, s.inner), Linear(s.inner, s.hidden)
        self.gate = torch.nn.Identity() if gpt else Linear(s.hidden, s.inner)

    def forward(self, x, positions, bias, key, value):
        mixed, key, value = self.attention(self.before(x), positions, bias, key, value)
        x = x + mixed
        y = self.after(x)
        inner = torch.nn.functional.gelu(self.up(y)) if self.gpt else torch.nn.functional.silu(self.gate(y)) * self.up(y)
        return x + self.down(inner), key, value


class Decoder(torch.nn.Module):
    """inputs: ids and mask, then positions where has_positions, how many logits to keep where keeps_last, and the cache where has_past."""

    def __init__(self, s, gpt=False, has_positions=True, keeps_last=False, has_past=True):
        super().__init__()
        self.s, self.gpt, self.has_positions, self.keeps_last, self.has_past = s, gpt, has_positions, keeps_last, has_past
        self.tokens = torch.nn.Parameter(torch.randn(s.vocabulary, s.hidden))
        self.places = torch.nn.Parameter(torch.randn(s.context, s.hidden)) if gpt else None
        self.blocks = torch.nn.ModuleList(Block(s, gpt) for _ in range(s.layers))
        self.norm = torch.nn.LayerNorm(s.hidden) if gpt else RmsNorm(s.hidden)
        self.head = Linear(s.hidden, s.vocabulary)

    def forward(self, ids, mask, *more):
        more = list(more)
        positions = more.pop(0) if self.has_positions else None
        keep = more.pop(0) if self.keeps_last else None
        past = more if self.has_past else [None] * (2 * self.s.layers)
        count, total = ids.shape[1], mask.shape[1]
        if positions is None:
            positions = (torch.cumsum(mask, 1) - 1)[:, total - count:]
        query = torch.arange(total)[total - count:].unsqueeze(1)
        allowed = (torch.arange(total).unsqueeze(0) <= query).unsqueeze(0) & (mask > 0).unsqueeze(1)
        bias = torch.where(allowed, torch.tensor(0.0), torch.tensor(-10000.0)).unsqueeze(1)
        x = self.tokens[ids]
        if self.gpt:
            x = x + self.places[positions]
        present = []
        for i, block in enumerate(self.blocks):
            x, key, value = block(x, positions, bias, past[2 * i], past[2 * i + 1])
            present += [key, value]
        x = self.norm(x)
        if keep is not None:
            x = x[:, -keep:]
        return (self.head(x), *present)


def names(prefix, s):
    return [f"{prefix}.{layer}.{kind}" for layer in range(s.layers) for kind in ("key", "value")]


def export(net):
    s, path = net.s, "/tmp/exported.onnx"
    inputs, shapes = ["input_ids", "attention_mask"], {"input_ids": {0: "batch", 1: "count"}, "attention_mask": {0: "batch", 1: "total"}}
    values = [torch.tensor([[1, 2, 3]] * 2), torch.ones(2, 7 if net.has_past else 3, dtype=torch.int64)]
    if net.has_positions:
        inputs.append("position_ids")
        shapes["position_ids"] = {0: "batch", 1: "count"}
        values.append(torch.tensor([[4, 5, 6]] * 2) if net.has_past else torch.tensor([[0, 1, 2]] * 2))
    if net.keeps_last:
        inputs.append("num_logits_to_keep")
        values.append(torch.tensor(1))
    if net.has_past:
        inputs += names("past_key_values", s)
        shapes.update({name: {0: "batch", 2: "past"} for name in names("past_key_values", s)})
        values += [torch.randn(2, s.kv, 4, s.head) for _ in range(2 * s.layers)]
    outputs = ["logits", *names("present", s)]
    shapes.update({name: {0: "batch", 2: "total"} for name in names("present", s)}, logits={0: "batch", 1: "read"})
    torch.onnx.export(net, tuple(values), path, input_names=inputs, output_names=outputs, dynamic_axes=shapes, opset_version=15)
    graph = onnx.load(path)
    for node in graph.graph.node:
        node.ClearField("doc_string")
        node.ClearField("name")
    return graph


def config(s, **more):
    return {"vocab_size": s.vocabulary, "hidden_size": s.hidden, "num_hidden_layers": s.layers, "num_attention_heads": s.heads, "num_key_value_heads": s.kv,
            "max_position_embeddings": s.context, "eos_token_id": 1, **more}


def save(name, net, graph, settings, tolerance, external=False, file="model.onnx", step_by_step=False):
    folder = os.path.join(HERE, name)
    path = os.path.join(folder, file)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    data = os.path.basename(file) + "_data"
    if external and os.path.exists(os.path.join(os.path.dirname(path), data)):
        os.remove(os.path.join(os.path.dirname(path), data))
    onnx.save(graph, path, save_as_external_data=external, location=data if external else None, size_threshold=256)
    if not external and all(node.domain == "" and node.op_type != "SimplifiedLayerNormalization" for node in graph.graph.node):
        onnx.checker.check_model(path)
    with open(os.path.join(folder, "config.json"), "w") as f:
        json.dump(settings, f, indent=2)
    whole = net  # from here on it reads whole texts
    whole.has_past, whole.has_positions, whole.keeps_last = False, False, False
    texts = []
    with torch.no_grad():
        for text in TEXTS:
            if step_by_step:
                logits, past = [], None
                whole.has_past = True
                for chunk in [text[:PROMPT], *[[token] for token in text[PROMPT:]]]:
                    read = 0 if past is None else past[0].shape[2]
                    given = past or [torch.zeros(1, net.s.kv, 0, net.s.head)] * (2 * net.s.layers)
                    out, *past = whole(torch.tensor([chunk]), torch.ones(1, read + len(chunk), dtype=torch.int64), *given)
                    logits.append(out[0, -1])
            else:
                out, *_ = whole(torch.tensor([text]), torch.ones(1, len(text), dtype=torch.int64))
                logits = list(out[0, PROMPT - 1:])
            texts.append({"tokens": text, "logits": [[float(f"{x:.6g}") for x in row] for row in logits]})
    with open(os.path.join(folder, "reference.json"), "w") as f:
        json.dump({"prompt": PROMPT, "tolerance": tolerance, "texts": texts}, f)


def made(seed, s, **kind):
    torch.manual_seed(seed)
    return Decoder(s, **kind).eval()


def of_type(graph, elements, caches_only):
    """Caches, and unless caches_only everything else too, in numbers of another type."""
    g = graph.graph
    if caches_only:
        for port in g.input:
            if port.name.startswith("past"):
                port.type.tensor_type.elem_type = elements
                for node in g.node:
                    for i, name in enumerate(node.input):
                        if name == port.name:
                            node.input[i] = port.name + ".wide"
                g.node.insert(0, helper.make_node("Cast", [port.name], [port.name + ".wide"], to=TensorProto.FLOAT))
        for port in g.output:
            if port.name.startswith("present"):
                port.type.tensor_type.elem_type = elements
                for node in g.node:
                    for names_ in (node.input, node.output):
                        for i, name in enumerate(names_):
                            if name == port.name:
                                names_[i] = port.name + ".wide"
                g.node.append(helper.make_node("Cast", [port.name + ".wide"], [port.name], to=elements))
        return graph
    half = lambda t: numpy_helper.from_array(numpy_helper.to_array(t).astype(np.float16), t.name)
    for t in g.initializer:
        if t.data_type == TensorProto.FLOAT:
            t.CopyFrom(half(t))
    for node in g.node:
        for a in node.attribute:
            if a.name in ("value",) and a.t.data_type == TensorProto.FLOAT:
                a.t.CopyFrom(half(a.t))
            if node.op_type == "Cast" and a.name == "to" and a.i == TensorProto.FLOAT:
                a.i = TensorProto.FLOAT16
    del g.value_info[:]
    for port in [*g.input, *g.output]:
        if port.type.tensor_type.elem_type == TensorProto.FLOAT:
            port.type.tensor_type.elem_type = TensorProto.FLOAT16
    return graph


def round_half(net):
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(p.half().float())
    return net


def merge(first, later):
    """One graph that begins by the first and goes on by the second, as merged decoders do."""
    def branch(graph, prefix):
        g = graph.graph
        kept = {p.name for p in later.graph.input}
        rename = lambda n: n if n in kept or n == "" else prefix + n
        nodes = []
        for node in g.node:
            copy = onnx.NodeProto()
            copy.CopyFrom(node)
            copy.input[:], copy.output[:] = [rename(n) for n in node.input], [rename(n) for n in node.output]
            nodes.append(copy)
        weights = []
        for t in g.initializer:
            copy = onnx.TensorProto()
            copy.CopyFrom(t)
            copy.name = prefix + t.name
            weights.append(copy)
        outputs = []
        for p in g.output:
            copy = onnx.ValueInfoProto()
            copy.CopyFrom(p)
            copy.name = prefix + p.name
            outputs.append(copy)
        return helper.make_graph(nodes, prefix + "branch", [], outputs, weights)
    use = helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])
    outputs = [p.name for p in later.graph.output]
    node = helper.make_node("If", ["use_cache_branch"], outputs, then_branch=branch(later, "later."), else_branch=branch(first, "first."))
    graph = helper.make_graph([node], "merged", [*later.graph.input, use], later.graph.output)
    return helper.make_model(graph, opset_imports=later.opset_import, ir_version=later.ir_version)


def weights_of(graph):
    return {t.name: t for t in graph.graph.initializer}


def int8(graph, net):
    """Weights of 8 bits, and activations by the run: DynamicQuantizeLinear and MatMulInteger, as dynamic quantization writes them."""
    g = graph.graph
    known, nodes = weights_of(graph), []
    by_value = {p.data.numpy().tobytes(): p for p in net.parameters() if p.dim() == 2}
    for node in g.node:
        if node.op_type != "MatMul" or node.input[1] not in known:
            nodes.append(node)
            continue
        name = node.input[1]
        value = numpy_helper.to_array(known[name])
        scale = np.float32(np.abs(value).max() / 127)
        rounded = np.clip(np.rint(value / scale), -127, 127).astype(np.int8)
        parameter = by_value[value.tobytes()]
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(rounded.astype(np.float32) * scale))
        g.initializer.remove(known[name])
        g.initializer.extend([numpy_helper.from_array(rounded, name + ".q"), numpy_helper.from_array(scale, name + ".s"), numpy_helper.from_array(np.array(0, np.int8), name + ".z")])
        n = node.output[0]
        nodes += [
            helper.make_node("DynamicQuantizeLinear", [node.input[0]], [n + ".x", n + ".xs", n + ".xz"]),
            helper.make_node("MatMulInteger", [n + ".x", name + ".q", n + ".xz", name + ".z"], [n + ".i"]),
            helper.make_node("Cast", [n + ".i"], [n + ".f"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [n + ".xs", name + ".s"], [n + ".ss"]),
            helper.make_node("Mul", [n + ".f", n + ".ss"], [n]),
        ]
    del g.node[:]
    g.node.extend(nodes)
    return graph


def fused(net):
    """Fused attention and weights of 4 bits, without position_ids, as the model builder of ONNX Runtime GenAI writes them."""
    s, nodes, weights = net.s, [], []

    def add(op, inputs, outputs, domain="", **attributes):
        nodes.append(helper.make_node(op, inputs, outputs if isinstance(outputs, list) else [outputs], domain=domain, **attributes))
        return outputs if isinstance(outputs, str) else outputs[0]

    def constant(name, value):
        weights.append(numpy_helper.from_array(value, name))
        return name

    def linear(x, module, name, block=16):
        w = module.weight.data.numpy().T.copy()
        blocks = w.reshape(w.shape[0], -1, block)
        scale = (np.abs(blocks).max(-1, keepdims=True) / 7).astype(np.float32)
        rounded = np.clip(np.rint(blocks / scale) + 8, 0, 15).astype(np.uint8)
        with torch.no_grad():
            module.weight.copy_(torch.from_numpy(((rounded.astype(np.float32) - 8) * scale).reshape(w.shape).T.copy()))
        packed = (rounded[..., 0::2] | (rounded[..., 1::2] << 4)).astype(np.uint8)
        return add("MatMulNBits", [x, constant(name + ".q", packed), constant(name + ".s", scale.reshape(-1))], name + ".out", domain="com.microsoft",
                   K=w.shape[1], N=w.shape[0], bits=4, block_size=block)

    def norm(x, module, name):
        return add("SimplifiedLayerNormalization", [x, constant(name + ".w", module.weight.data.numpy())], name, axis=-1, epsilon=1e-5)

    angles = np.arange(s.context)[:, None] * np.power(10000.0, -np.arange(0, s.head, 2) / s.head)[None]
    cos, sin = constant("cos", np.cos(angles).astype(np.float32)), constant("sin", np.sin(angles).astype(np.float32))
    one = constant("one", np.array([1], np.int64))
    sum_ = add("ReduceSum", ["attention_mask", one], "sum", keepdims=0)
    lengths = add("Cast", [add("Sub", [sum_, one], "less")], "lengths", to=TensorProto.INT32)
    total = add("Cast", [add("Gather", [add("Shape", ["attention_mask"], "shape"), constant("second", np.array(1, np.int64))], "width")], "total", to=TensorProto.INT32)
    x = add("Gather", [constant("tokens", net.tokens.data.numpy()), "input_ids"], "x")
    for i, block in enumerate(net.blocks):
        a, p = block.attention, f"l{i}"
        y = norm(x, block.before, p + ".before")
        q, k, v = (linear(y, m, f"{p}.{n}") for m, n in ((a.q, "q"), (a.k, "k"), (a.v, "v")))
        mixed = add("GroupQueryAttention", [q, k, v, f"past_key_values.{i}.key", f"past_key_values.{i}.value", lengths, total, cos, sin],
                    [p + ".mixed", f"present.{i}.key", f"present.{i}.value"], domain="com.microsoft", num_heads=s.heads, kv_num_heads=s.kv, do_rotary=1)
        x = add("Add", [x, linear(mixed, a.o, p + ".o")], p + ".x")
        y = norm(x, block.after, p + ".after")
        gate = linear(y, block.gate, p + ".gate")
        silu = add("Mul", [gate, add("Sigmoid", [gate], p + ".sig")], p + ".silu")
        x = add("Add", [x, linear(add("Mul", [silu, linear(y, block.up, p + ".up")], p + ".in"), block.down, p + ".down")], p + ".out")
    logits = linear(norm(x, net.norm, "norm"), net.head, "head")
    add("Identity", [logits], "logits")
    info = helper.make_tensor_value_info
    cache = lambda prefix, length: [info(n, TensorProto.FLOAT, ["batch", s.kv, length, s.head]) for n in names(prefix, s)]
    graph = helper.make_graph(nodes, "fused", [info("input_ids", TensorProto.INT64, ["batch", "count"]), info("attention_mask", TensorProto.INT64, ["batch", "total"]),
                                               *cache("past_key_values", "past")],
                              [info("logits", TensorProto.FLOAT, ["batch", "count", s.vocabulary]), *cache("present", "total")], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15), helper.make_opsetid("com.microsoft", 1)], ir_version=8)


def fixed(graph):
    for port in graph.graph.input:
        if port.name == "input_ids":
            port.type.tensor_type.shape.dim[1].Clear()
            port.type.tensor_type.shape.dim[1].dim_value = 1
    return graph


def main():
    s = Sizes()
    net = made(1, s)
    save("positions", net, export(net), config(s), 1e-4, external=True)

    apart = Sizes(head=16, norms_heads=True)
    net = made(2, apart, has_positions=False)
    save("no-positions", net, export(net), config(apart, head_dim=16, eos_token_id=[1, 2]), 1e-4, file="onnx/model.onnx")

    net = made(3, s, keeps_last=True)
    save("last-logits", net, export(net), config(s), 1e-4)

    net = round_half(made(4, s))
    save("half", net, of_type(export(net), TensorProto.FLOAT16, caches_only=False), config(s), 3e-2, file="onnx/model_fp16.onnx")

    net = made(5, s)
    save("brain", net, of_type(export(net), TensorProto.BFLOAT16, caches_only=True), config(s), 6e-2)

    net = made(6, s, has_positions=False)
    later = export(net)
    net.has_past = False
    first = export(net)
    save("merged", net, merge(first, later), config(s), 1e-4, file="decoder_model_merged.onnx")

    net = made(7, s)
    graph = int8(export(net), net)
    Linear.quantizes_input = True
    save("int8", net, graph, config(s), 1e-3, file="onnx/model_quantized.onnx", step_by_step=True)
    Linear.quantizes_input = False

    wide = Sizes(head=16)
    net = made(8, wide, has_positions=False)
    save("int4", net, fused(net), config(wide, head_dim=16), 1e-3, file="onnx/model_q4.onnx")

    g = Sizes(kv=2)
    net = made(9, g, gpt=True)
    save("gpt2", net, export(net), {"vocab_size": g.vocabulary, "n_embd": g.hidden, "n_layer": g.layers, "n_head": g.heads, "n_positions": g.context, "eos_token_id": 1}, 1e-4)

    net = made(1, s)
    save("step", net, fixed(export(net)), config(s), 1e-4, file="decoder_with_past_model.onnx")


main()
