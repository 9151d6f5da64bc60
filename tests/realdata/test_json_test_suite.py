"""The JSON parsing test suite, line level: each file is one line, whatever it holds."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from jsonl_lint.reading.diagnose import diagnose

SUITE = (
    Path(__file__).parents[2].parent / "shared" / "data" / "suites" / "JSONTestSuite"
) / "test_parsing"
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="JSONTestSuite is not here")

RANGE = ("number-out-of-range", "")
SURROGATE = ("lone-surrogate", "")
UTF8 = ("invalid-utf8", "")
NUL = ("nul-bytes", "")
ACCEPTED = None
FREE = {  # readers may do as they like; this is what this one does
    "i_number_double_huge_neg_exp": ACCEPTED,
    "i_number_huge_exp": RANGE,
    "i_number_neg_int_huge_exp": RANGE,
    "i_number_pos_double_huge_exp": RANGE,
    "i_number_real_neg_overflow": RANGE,
    "i_number_real_pos_overflow": RANGE,
    "i_number_real_underflow": ACCEPTED,
    "i_number_too_big_neg_int": ACCEPTED,
    "i_number_too_big_pos_int": ACCEPTED,
    "i_number_very_big_negative_int": ACCEPTED,
    "i_object_key_lone_2nd_surrogate": SURROGATE,
    "i_string_1st_surrogate_but_2nd_missing": SURROGATE,
    "i_string_1st_valid_surrogate_2nd_invalid": SURROGATE,
    "i_string_UTF-16LE_with_BOM": UTF8,
    "i_string_UTF-8_invalid_sequence": UTF8,
    "i_string_UTF8_surrogate_U+D800": UTF8,
    "i_string_incomplete_surrogate_and_escape_valid": SURROGATE,
    "i_string_incomplete_surrogate_pair": SURROGATE,
    "i_string_incomplete_surrogates_escape_valid": SURROGATE,
    "i_string_invalid_lonely_surrogate": SURROGATE,
    "i_string_invalid_surrogate": SURROGATE,
    "i_string_invalid_utf-8": UTF8,
    "i_string_inverted_surrogates_U+1D11E": SURROGATE,
    "i_string_iso_latin_1": UTF8,
    "i_string_lone_second_surrogate": SURROGATE,
    "i_string_lone_utf8_continuation_byte": UTF8,
    "i_string_not_in_unicode_range": UTF8,
    "i_string_overlong_sequence_2_bytes": UTF8,
    "i_string_overlong_sequence_6_bytes": UTF8,
    "i_string_overlong_sequence_6_bytes_null": UTF8,
    "i_string_truncated-utf-8": UTF8,
    "i_string_utf16BE_no_BOM": NUL,
    "i_string_utf16LE_no_BOM": NUL,
    "i_structure_500_nested_arrays": ACCEPTED,
    "i_structure_UTF-8_BOM_empty_object": ("bom-mid-file", ""),
}


def texts(prefix: str) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted(SUITE.glob(f"{prefix}_*.json"))}


def is_refused(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return True
    return False


def test_valid_texts_are_accepted() -> None:
    valid = texts("y")
    assert len(valid) == 95
    assert [name for name, text in valid.items() if is_refused(text)] == []


def test_invalid_texts_are_refused_at_a_place() -> None:
    invalid = texts("n")
    assert len(invalid) == 188
    for name, text in invalid.items():
        assert is_refused(text), name
        for fault in diagnose(text, last=False):
            assert 0 <= fault.start <= fault.end <= len(text), name
            assert fault.message, name


def test_nothing_invalid_is_unexplained() -> None:
    messages = {
        fault.message for text in texts("n").values() for fault in diagnose(text, last=False)
    }
    assert not any("not known" in message for message in messages)


def test_texts_that_readers_may_take_or_not() -> None:
    seen = {}
    for name, text in texts("i").items():
        fault = diagnose(text, last=False)[0] if is_refused(text) else None
        seen[name] = (fault.rule, fault.kind) if fault else ACCEPTED
    assert seen == FREE
