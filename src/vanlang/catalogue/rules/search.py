"""
Find a procedure by what people call it.

BM25 over folded words and pairs of words of the name, with the field, the outcomes and the catalogue's own key words
beside it; a synonym table turns "sổ đỏ" into the words of the law; words typed with diacritics count more where they
match with diacritics; the last word may be unfinished; a word that nobody uses is read as its nearest neighbour.

The index is a plain value, built in a fraction of a second and asked in well under a millisecond: no engine, nothing to
keep in step.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

from vanlang.kernel.vietnamese import normalise, search_key

K1 = 1.2
B = 0.4
"""Lengths matter little: a long name is long because the law is, not because it says more."""

PAIR_WEIGHT = 1.6
DIACRITICS_WEIGHT = 0.5
SYNONYM_WEIGHT = 0.9
PREFIX_WEIGHT = 0.7
TYPO_WEIGHT = 0.5
POPULARITY_WEIGHT = 0.35
"""The most asked-for procedure gains at most this share of its score: breaks ties, never overrules words."""

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    {
        "thu",
        "tuc",
        "ve",
        "cua",
        "va",
        "cac",
        "cho",
        "la",
        "o",
        "tai",
        "muon",
        "can",
        "toi",
        "lam",
        "xin",
        "nhu",
        "the",
        "nao",
        "thi",
        "gi",
    }
)
"""Words that say nothing about which procedure is meant; kept when nothing else is left."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What is searched of one procedure."""

    code: str
    name: str
    extra: str = ""
    """Field, outcomes: found, but counts for less."""
    popularity: int = 0
    rank: int = 0
    """Ties: lower first (commune before province before ministry)."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """What people say, and what the law says."""

    says: str
    means: tuple[str, ...]
    codes: tuple[str, ...] = ()
    """Procedures that are meant in the first place."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index of procedures. Built once per edition of the catalogue."""

    documents: tuple[SearchDocument, ...]
    postings: Mapping[str, Mapping[int, float]]
    """Per term, by document, its weight already normalised by length."""
    idf: Mapping[str, float]
    vocabulary: tuple[str, ...]
    """Folded single words, sorted: for unfinished and mistyped words."""
    pairs: tuple[str, ...]
    """Folded pairs of words, sorted: for an unfinished word after a whole one."""
    synonyms: Mapping[str, tuple[Synonym, ...]]
    """By the first folded word of what people say."""
    position: Mapping[str, int]


def build(documents: Iterable[SearchDocument], synonyms: Iterable[Synonym]) -> Index:
    """Return the index of `documents`."""
    kept = tuple(documents)
    weights = [_terms_of(document) for document in kept]
    lengths = [sum(1 for term in own if " " not in term and not term.startswith("=")) for own in weights]
    average = (sum(lengths) / len(lengths)) if lengths else 1.0
    postings: dict[str, dict[int, float]] = defaultdict(dict)
    for number, own in enumerate(weights):
        norm = K1 * (1 - B + B * lengths[number] / average)
        for term, weight in own.items():
            postings[term][number] = weight * (K1 + 1) / (weight + norm)
    idf = {
        term: math.log(1 + (len(kept) - len(rows) + 0.5) / (len(rows) + 0.5))
        for term, rows in postings.items()
    }
    by_first: dict[str, list[Synonym]] = defaultdict(list)
    for synonym in synonyms:
        by_first[words_of(search_key(synonym.says))[0]].append(synonym)
    return Index(
        documents=kept,
        postings=dict(postings),
        idf=idf,
        vocabulary=tuple(sorted(term for term in postings if " " not in term and not term.startswith("="))),
        pairs=tuple(sorted(term for term in postings if " " in term)),
        synonyms={word: tuple(sorted(own, key=lambda one: -len(one.says))) for word, own in by_first.items()},
        position={document.code: number for number, document in enumerate(kept)},
    )


def find(index: Index, text: str, limit: int = 20) -> list[tuple[str, float]]:
    """Return (code, score) of the best documents for `text`, best first."""
    typed = normalise(text)
    if typed in index.position:
        return [(typed, 100.0)]
    scores = _scores(index, _query_terms(index, typed))
    top = max(scores.values(), default=1.0)
    for code in _meant_codes(index, search_key(typed)):
        if code in index.position:
            number = index.position[code]
            scores[number] = scores.get(number, 0.0) + top
    documents = index.documents
    ranked = [
        (score * (1 + POPULARITY_WEIGHT * documents[number].popularity / 100), number)
        for number, score in scores.items()
    ]
    floor = nlargest(limit, ranked)[-1][0] - 0.001 if ranked else 0.0
    best = sorted(
        (found for found in ranked if found[0] >= floor),
        key=lambda found: _order(documents[found[1]], found[0]),
    )
    return [(documents[number].code, score) for score, number in best[:limit]]


def _scores(index: Index, terms: Mapping[str, float]) -> dict[int, float]:
    """
    Return the score of every document that a telling term occurs in.

    Telling terms come first; a term that a tenth of all documents has adds to documents found already, and finds none.
    """
    common = max(20, len(index.documents) // 10)
    known = sorted(
        (
            (index.postings[term], weight * index.idf[term])
            for term, weight in terms.items()
            if term in index.postings
        ),
        key=lambda entry: len(entry[0]),
    )
    scores: dict[int, float] = defaultdict(float)
    for rows, gain in known:
        if gain <= 0:
            continue
        if scores and len(rows) > common:
            for number in rows.keys() & scores.keys():
                scores[number] += gain * rows[number]
        else:
            for number, value in rows.items():
                scores[number] += gain * value
    return scores


def words_of(folded: str) -> list[str]:
    """Return the words of a folded text."""
    return _WORD.findall(folded)


def _terms_of(document: SearchDocument) -> dict[str, float]:
    terms: dict[str, float] = defaultdict(float)
    _add(terms, document.name, 1.0, accented=True)
    _add(terms, document.extra, 0.35, accented=False)
    return terms


def _add(terms: dict[str, float], text: str, weight: float, *, accented: bool) -> None:
    words = words_of(search_key(text))
    for word in words:
        terms[word] += weight
    for first, second in pairwise(words):
        terms[f"{first} {second}"] += weight
    if accented:
        for word in words_of(normalise(text).lower()):
            terms[f"={word}"] += weight


def _query_terms(index: Index, typed: str) -> dict[str, float]:
    """Return the terms to look up, with their weights."""
    words = words_of(search_key(typed))
    terms: dict[str, float] = defaultdict(float)
    _add_words(index, terms, words, is_finished=typed.endswith(" "))
    for first, second in pairwise(words):
        terms[f"{first} {second}"] += PAIR_WEIGHT
    if search_key(typed) != typed.lower():
        for word in words_of(typed.lower()):
            if search_key(word) not in _STOP:
                terms[f"={word}"] += DIACRITICS_WEIGHT
    for synonym in _synonyms_in(index, words):
        for meaning in synonym.means:
            _add_meaning(terms, words_of(search_key(meaning)))
    return terms


def _add_words(index: Index, terms: dict[str, float], words: Sequence[str], *, is_finished: bool) -> None:
    """Add the telling words, and what the last or an unknown one may stand for."""
    telling = [word for word in words if word not in _STOP] or words
    for position, word in enumerate(telling):
        is_last = position == len(telling) - 1 and not is_finished
        if word in index.postings:
            terms[word] += 1.0
        if word not in index.postings or (is_last and len(word) <= 3):
            for other, weight in _near(index, word, is_last=is_last):
                terms[other] += weight
    if len(words) > 1 and not is_finished:
        for pair in _beginning_with(index.pairs, f"{words[-2]} {words[-1]}")[:8]:
            whole = pair.split(" ")[1]
            terms[pair] = max(terms[pair], PAIR_WEIGHT * PREFIX_WEIGHT)
            terms[whole] = max(terms[whole], PREFIX_WEIGHT)


def _add_meaning(terms: dict[str, float], meant: Sequence[str]) -> None:
    """Add the words of the law that a synonym stands for; a long phrase weighs no more than a short one."""
    share = SYNONYM_WEIGHT * min(1.0, 3 / max(1, len(meant)))
    for word in meant:
        if word not in _STOP:
            terms[word] = max(terms[word], share)
    for first, second in pairwise(meant):
        terms[f"{first} {second}"] = max(terms[f"{first} {second}"], share * PAIR_WEIGHT)


def _synonyms_in(index: Index, words: Sequence[str]) -> list[Synonym]:
    """Return the synonyms whose words stand together in `words`."""
    found = []
    for position, word in enumerate(words):
        for synonym in index.synonyms.get(word, ()):
            says = words_of(search_key(synonym.says))
            if list(words[position : position + len(says)]) == says:
                found.append(synonym)
    return found


def _meant_codes(index: Index, folded: str) -> list[str]:
    return [code for synonym in _synonyms_in(index, words_of(folded)) for code in synonym.codes]


def _near(index: Index, word: str, *, is_last: bool) -> list[tuple[str, float]]:
    """Return the words that an unfinished or mistyped `word` may stand for."""
    if is_last:
        begun = [other for other in _beginning_with(index.vocabulary, word) if other != word]
        if begun:
            return [(other, PREFIX_WEIGHT / math.sqrt(len(begun))) for other in begun[:12]]
    if len(word) < 4 or word in index.postings:
        return []
    close = [
        other for other in index.vocabulary if abs(len(other) - len(word)) <= 1 and is_one_off(word, other)
    ]
    return [(other, TYPO_WEIGHT) for other in close[:6]]


def _beginning_with(vocabulary: Sequence[str], start: str) -> list[str]:
    first = bisect_left(vocabulary, start)
    last = bisect_left(vocabulary, start + "\uffff")
    return list(vocabulary[first:last])


def is_one_off(one: str, other: str) -> bool:
    """Return whether one letter added, left out, changed, or two neighbours swapped turn `one` into `other`."""
    if one == other:
        return False
    if len(one) == len(other):
        off = [position for position, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(off) == 1:
            return True
        return (
            len(off) == 2
            and off[1] == off[0] + 1
            and one[off[0]] == other[off[1]]
            and one[off[1]] == other[off[0]]
        )
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1:
        return False
    return any(long[:position] + long[position + 1 :] == short for position in range(len(long)))


def _order(document: SearchDocument, score: float) -> tuple[float, int, int, str]:
    return (-round(score, 3), -document.popularity, document.rank, document.code)
