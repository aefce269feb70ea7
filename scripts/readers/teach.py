#!/usr/bin/env python3
"""Tunes a reader's upper layers. Runs in .tools/readers, beside PyTorch.

Usage: scripts/readers/teach.py LESSONS LEARNT

LESSONS is written by `python -m tools reader lessons`, LEARNT is read by
`python -m tools reader build`. Takes a quarter of an hour on two cores.
"""

import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as functional
from torch import nn

HEADS = 12
# Many topics need more rounds than few kinds.
ROUNDS, ROUNDS_OF_TOPICS = 4, 8
AT_ONCE = 48
# Of similar length are those that stand beside each other among so many.
SORTED_AMONG = 20 * AT_ONCE
SPEED, SPEED_OF_HEAD = 2e-4, 1e-3
WARM_UP = 100
NEVER = -1e4
# The mean of what is learnt in several orders errs less than any of them.
SEEDS = (1, 2)
# Nobody is quite sure; without it, what is rare is held for impossible.
UNSURE = 0.05
# A topic is there far less often than not.
SELDOM, THERE = -3.0, 5.0


class Layer(nn.Module):
    """One layer of the transformer, by its numbers."""

    def __init__(self, numbers, prefix):
        super().__init__()
        self.parts = nn.ParameterDict(
            {
                name.removeprefix(prefix).replace(".", "/"): nn.Parameter(torch.tensor(array))
                for name, array in numbers.items()
                if name.startswith(prefix)
            }
        )
        self.drop = nn.Dropout(0.1)

    def numbers(self, prefix):
        """What was learnt, by the names it came with."""
        return {prefix + name.replace("/", "."): part for name, part in self.parts.items()}

    def forward(self, x, is_there):
        """Pieces [texts, pieces, size] in, the same out."""
        texts, pieces, size = x.shape

        def heads(name):
            parts = self.sum(x, name).view(texts, pieces, HEADS, size // HEADS)
            return parts.transpose(1, 2)

        query, key, value = (heads(f"attention/self/{name}") for name in ("query", "key", "value"))
        heard = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=is_there[:, None, None, :]
        )
        heard = heard.transpose(1, 2).reshape(texts, pieces, size)
        x = self.even(x + self.drop(self.sum(heard, "attention/output/dense")), "attention/output")
        wide = functional.gelu(self.sum(x, "intermediate/dense"))
        return self.even(x + self.drop(self.sum(wide, "output/dense")), "output")

    def sum(self, x, name):
        """A product and what is added to it."""
        return x @ self.parts[f"{name}/weight"] + self.parts[f"{name}/bias"]

    def even(self, x, name):
        """The layer norm behind a sum."""
        weight, bias = (self.parts[f"{name}/LayerNorm/{part}"] for part in ("weight", "bias"))
        return functional.layer_norm(x, x.shape[-1:], weight, bias, 1e-12)


class Reader(nn.Module):
    """The upper layers, the mean of their pieces beside the pieces worth a look, and the kinds."""

    def __init__(self, numbers, kinds):
        super().__init__()
        self.names = sorted({name.split(".")[0] for name in numbers})
        self.layers = nn.ModuleList([Layer(numbers, f"{name}.") for name in self.names])
        size = len(numbers[f"{self.names[0]}.output.dense.bias"])
        self.look = nn.Linear(size, 1)
        self.head = nn.Linear(2 * size, kinds)
        self.drop = nn.Dropout(0.2)

    def forward(self, x, is_there):
        """The scores of the kinds, [texts, kinds]."""
        for layer in self.layers:
            x = layer(x, is_there)
        there = is_there[..., None].float()
        mean = (x * there).sum(1) / there.sum(1)
        share = self.look(x).squeeze(-1).masked_fill(~is_there, NEVER).softmax(-1)
        seen = (share[..., None] * x).sum(1)
        return self.head(self.drop(torch.cat([mean, seen], -1)))

    def numbers(self):
        """What was learnt, as tools/readers/graph.py reads it."""
        found = {"look.weight": self.look.weight.T, "head.weight": self.head.weight.T,
                 "head.bias": self.head.bias}  # fmt: skip
        for name, layer in zip(self.names, self.layers, strict=True):
            found.update(layer.numbers(f"{name}."))
        return {name: part.detach().numpy() for name, part in found.items()}


def side_by_side(texts):
    """Texts of several lengths as one tensor, and where there is something."""
    longest = max(len(text) for text in texts)
    x = torch.zeros(len(texts), longest, texts[0].shape[1])
    is_there = torch.zeros(len(texts), longest, dtype=torch.bool)
    for n, text in enumerate(texts):
        x[n, : len(text)] = text.float()
        is_there[n, : len(text)] = True
    return x, is_there


def batches(texts):
    """The numbers of the texts that are learnt together; a new order each time."""
    order = list(range(len(texts)))
    random.shuffle(order)
    found = []
    for start in range(0, len(order), SORTED_AMONG):
        among = sorted(order[start : start + SORTED_AMONG], key=lambda n: len(texts[n]))
        found += [among[n : n + AT_ONCE] for n in range(0, len(among), AT_ONCE)]
    random.shuffle(found)
    return found


def of_kinds(scores, lesson):
    """How far each text's scores are off; one of the kinds it may be of is right."""
    sure = scores.log_softmax(-1)
    right = torch.logsumexp(sure.masked_fill(~lesson["may"], NEVER), -1)
    return -((1 - UNSURE) * right + UNSURE * sure.mean(-1))


def of_topics(scores, lesson):
    """How far each text's scores are off; each topic is there or not, by itself.

    Of the topics that a text may have, nothing is said.
    """
    told = lesson["told"].float()
    off = functional.binary_cross_entropy_with_logits(
        scores, told * (1 - UNSURE) + UNSURE / 5, reduction="none"
    )
    return (off * (1 + (THERE - 1) * told) * ~lesson["may"]).sum(-1)


def learn(reader, texts, lessons, rounds, off):
    """Learn all rounds."""
    heads = [*reader.look.parameters(), *reader.head.parameters()]
    steps = rounds * len(batches(texts))
    optimizer = torch.optim.AdamW(
        [{"params": reader.layers.parameters(), "lr": SPEED},
         {"params": heads, "lr": SPEED_OF_HEAD}],
        weight_decay=0.01,
    )  # fmt: skip
    slower = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    reader.train()
    for number in range(rounds):
        began, total = time.monotonic(), 0.0
        together = batches(texts)
        for some in together:
            x, is_there = side_by_side([texts[n] for n in some])
            lesson = {name: marks[some] for name, marks in lessons.items()}
            loss = (lesson["weight"] * off(reader(x, is_there), lesson)).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            slower.step()
            total += loss.item()
        seconds = time.monotonic() - began
        print(f"Round {number + 1} of {rounds}: {total / len(together):.3f}, {seconds:.0f} s",
              flush=True)  # fmt: skip


def main(lessons, learnt):
    """Learn several times from the same start, and write the mean of what was learnt."""
    with np.load(lessons) as arrays:
        held = {name: arrays[name] for name in arrays.files}
    texts = torch.split(torch.tensor(held["pieces"]), held["counts"].tolist())
    marks = {name: torch.tensor(held[name]) for name in ("told", "may", "weight") if name in held}
    upper = {n.removeprefix("upper."): a for n, a in held.items() if n.startswith("upper.")}
    are_topics = "told" in marks
    found = []
    for seed in SEEDS:
        torch.manual_seed(SEEDS[0])
        reader = Reader(upper, marks["may"].shape[1])
        if are_topics:
            nn.init.constant_(reader.head.bias, SELDOM)
        torch.manual_seed(seed)
        random.seed(seed)
        rounds, off = (ROUNDS_OF_TOPICS, of_topics) if are_topics else (ROUNDS, of_kinds)
        learn(reader, texts, marks, rounds, off)
        found.append(reader.numbers())
    np.savez(learnt, **{name: np.mean([one[name] for one in found], axis=0) for name in found[0]})


if __name__ == "__main__":
    main(*sys.argv[1:])
