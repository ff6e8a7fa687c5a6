"""METS: which files are the pages of an issue, in which order, of which paper and day. All invented."""

import pytest

from transforms.inputs.extract import extract_pages
from transforms.inputs.mets import relative_path
from warehouse.errors import SourceFault


def mets(*files: tuple[str, str], structure: str = "", mods: str = "") -> bytes:
    places = "".join(
        f'<file ID="{name}" MIMETYPE="text/xml"><FLocat LOCTYPE="URL" xlink:href="{href}"/></file>'
        for name, href in files
    )
    head = '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mods="urn:mods">'
    described = f"<dmdSec><mdWrap><xmlData><mods:mods>{mods}</mods:mods></xmlData></mdWrap></dmdSec>"
    return f"{head}{described}<fileSec><fileGrp>{places}</fileGrp></fileSec>{structure}</mets>".encode()


def physical(*pages: tuple[str, str, str]) -> str:
    divisions = "".join(
        f'<div TYPE="page" ORDER="{order}" ORDERLABEL="{label}"><fptr FILEID="IMG{name}"/>'
        f'<fptr><area FILEID="{name}"/></fptr></div>'
        for name, order, label in pages
    )
    return f'<structMap TYPE="PHYSICAL"><div TYPE="issue">{divisions}</div></structMap>'


MODS = (
    "<mods:titleInfo><mods:title>澄溪日报 2023年3月14日</mods:title></mods:titleInfo>"
    "<mods:relatedItem type='host'><mods:titleInfo><mods:title>澄溪日报</mods:title></mods:titleInfo>"
    "</mods:relatedItem><mods:originInfo><mods:dateIssued>2023-03</mods:dateIssued>"
    "<mods:dateIssued>2023-03-14</mods:dateIssued></mods:originInfo>"
)


def test_pages_come_in_their_physical_order_with_label_day_and_paper():
    structure = physical(("b", "1", "A01"), ("a", "2", ""))
    data = mets(
        ("a", "alto/0001.xml"), ("b", "file://alto/0002.xml"), ("i", "0001.tif"), structure=structure, mods=MODS
    )
    found = extract_pages(data, "mets.xml")
    assert (found.format, found.format_basis, found.pages) == ("mets", "name", ())
    assert [(page.path, page.page_no, page.page_label) for page in found.listed] == [
        ("alto/0002.xml", 1, "A01"),
        ("alto/0001.xml", 2, None),
    ]
    assert {(page.day, page.newspaper) for page in found.listed} == {("2023-03-14", "澄溪日报")}


def test_without_a_structure_the_files_are_listed_without_numbers():
    (page,) = extract_pages(mets(("a", "./0001.xml")), "mets.xml").listed
    assert (page.path, page.page_no, page.day, page.newspaper) == ("0001.xml", None, None, None)


@pytest.mark.parametrize(
    "href", ["../0001.xml", "/etc/0001.xml", "http://example.com/0001.xml", "file:///etc/0001.xml", "C:/0001.xml"]
)
def test_a_page_elsewhere_than_beside_the_file_is_refused(href: str):
    with pytest.raises(SourceFault) as fault:
        relative_path(href)
    assert fault.value.reason == "path_escapes"
    found = extract_pages(mets(("a", href), ("b", "0002.xml")), "mets.xml")
    assert [part.reason for part in found.refused] == ["path_escapes"]
    assert [page.path for page in found.listed] == ["0002.xml"]


def test_a_list_of_nothing_is_refused():
    with pytest.raises(SourceFault) as fault:
        extract_pages(mets(("i", "0001.tif")), "mets.xml")
    assert fault.value.reason == "empty"
