"""Quantize an exported model to weights of 8 bits.

    quantize.py SIZE FOLDER OUT

Reads what export.py wrote into FOLDER and writes OUT with the same files. Each product with a weight becomes one of 8-bit integers, as dynamic
quantization of ONNX Runtime writes it: the weight is rounded once, with a scale for each column; the other factor is rounded while the model runs,
with one scale for all that is read together (DynamicQuantizeLinear, MatMulInteger). The embedding and the norms stay as they are.
reference.json has the logits that PyTorch computes with the same rounding.
"""
import json
import os
import shutil
import sys

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from model import SIZES, Model, WithPast
from wordmath import VOCAB


def round_weight(value):
    """[in, out] floats -> their 8-bit integers and the scale of each column"""
    scale = (np.abs(value).max(axis=0) / 127).astype(np.float32)
    return np.clip(np.rint(value / scale), -127, 127).astype(np.int8), scale


def quantize(model):
    graph = model.graph
    weights = {t.name: t for t in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in weights:
            nodes.append(node)
            continue
        x, w, y = node.input[0], node.input[1], node.output[0]
        rounded, scale = round_weight(numpy_helper.to_array(weights[w]))
        graph.initializer.remove(weights[w])
        graph.initializer.extend([numpy_helper.from_array(rounded, w + ".q"), numpy_helper.from_array(scale, w + ".scale"),
                                  numpy_helper.from_array(np.zeros(len(scale), np.int8), w + ".zero")])
        nodes += [
            helper.make_node("DynamicQuantizeLinear", [x], [y + ".q", y + ".scale", y + ".zero"]),
            helper.make_node("MatMulInteger", [y + ".q", w + ".q", y + ".zero", w + ".zero"], [y + ".sum"]),
            helper.make_node("Cast", [y + ".sum"], [y + ".float"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [y + ".scale", w + ".scale"], [y + ".scales"]),
            helper.make_node("Mul", [y + ".float", y + ".scales"], [y]),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
    return model


class Rounded(torch.nn.Module):
    """What the nodes above compute, as PyTorch computes it."""

    def __init__(self, weight, bias=None):
        super().__init__()
        rounded, scale = round_weight(weight)
        self.weight, self.scale, self.bias = torch.from_numpy(rounded.astype(np.float64)), torch.from_numpy(scale), bias

    def forward(self, x):
        low, high = min(x.min().item(), 0.0), max(x.max().item(), 0.0)
        scale = np.float32((high - low) / 255)
        zero = float(np.clip(np.rint(-low / scale), 0, 255))
        q = (torch.round(x / scale) + zero).clamp(0, 255).double() - zero
        y = (q @ self.weight).float() * (float(scale) * self.scale)
        return y if self.bias is None else y + self.bias


def logits_of(size, model, ids):
    width, layers, heads = SIZES[size]
    values = {t.name: numpy_helper.to_array(t).copy() for t in model.graph.initializer}
    net = Model(len(VOCAB), width, layers, heads)
    net.load_state_dict({k[2:]: torch.from_numpy(v) for k, v in values.items() if k.startswith("m.")}, strict=False)
    # The exporter names a transposed weight by a number; they come in the order of the graph.
    matrices = iter([values[n.input[1]] for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in values])
    for block in net.blocks:
        for name in ("qkv", "out", "up", "down"):
            setattr(block, name, Rounded(next(matrices), getattr(block, name).bias.detach()))
    head = Rounded(next(matrices))
    linear, torch.nn.functional.linear = torch.nn.functional.linear, lambda x, _: head(x)     # the last product of WithPast
    try:
        empty = [torch.zeros(1, heads, 0, width // heads) for _ in range(2 * layers)]
        with torch.no_grad():
            return WithPast(net.eval())(torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.long), torch.arange(len(ids)).unsqueeze(0), *empty)[0][0, -1]
    finally:
        torch.nn.functional.linear = linear


def main():
    size, folder, out = sys.argv[1:4]
    os.makedirs(out, exist_ok=True)
    for name in ("config.json", "generation_config.json", "tokenizer.json"):
        shutil.copy(os.path.join(folder, name), out)
    model = onnx.load(os.path.join(folder, "model.onnx"))
    with open(os.path.join(folder, "reference.json")) as f:
        reference = json.load(f)
    reference["last_logits"] = [round(float(x), 5) for x in logits_of(size, model, reference["input_ids"])]
    model = quantize(model)
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(out, "model.onnx"))
    with open(os.path.join(out, "reference.json"), "w") as f:
        json.dump(reference, f)
        f.write("\n")


if __name__ == "__main__":
    main()
