import hashlib

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from flows.language import load_language
from tests.properties.pages import printed_pages
from transforms.read import FileRead, read_file
from transforms.rows import file_rows

PAGE = "一渠春水润麦苗\n\n本报讯（记者何一舟）麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄。\n\n"


def file_of(text: str) -> FileRead:
    data = (PAGE + text).encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return read_file(data, file_name=f"{sha256}.txt", sha256=sha256, language=load_language())


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    keys = [
        name
        for name in ("file_id", "page_index", "article_no", "part", "span_no", "block_no", "contributor_no")
        if name in frame.columns
    ]
    return frame.sort(keys)


@settings(max_examples=25)
@given(st.lists(printed_pages, min_size=2, max_size=4, unique=True), st.data())
def test_rows_depend_neither_on_the_batch_nor_on_its_order(texts: list[str], data: st.DataObject) -> None:
    files = [file_of(text) for text in texts]
    together = file_rows(data.draw(st.permutations(files)))
    alone = [file_rows([file]) for file in files]
    for name, frame in together.items():
        assert_frame_equal(in_order(frame), in_order(pl.concat(rows[name] for rows in alone)))
