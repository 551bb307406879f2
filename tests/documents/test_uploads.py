import socket
import threading
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from ina.base.errors import Invalid
from ina.documents import uploads
from ina.documents.enums import Scan


def pdf(change=None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(form="JPEG", size=(40, 30), **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, form, **more)
    return out.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(Invalid) as error:
        uploads.examine(content)
    assert error.value.field == "file"
    return error.value.message


def test_pdf_and_pictures_are_known_by_their_content():
    assert uploads.examine(pdf()).media_type == "application/pdf"
    assert uploads.examine(picture()).media_type == "image/jpeg"
    assert uploads.examine(picture("PNG")).media_type == "image/png"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leer"),
        (b"PK\x03\x04aaaa", "Archiv"),
        (b"MZ\x90", "Programm"),
        (b"<!DOCTYPE html><script>1</script>", "Internetseite"),
        (b'<?xml version="1.0"?><svg xmlns="x"></svg>', "SVG"),
        (b"GIF89a", "GIF"),
        (b"nur Text", "nicht angenommen"),
        (b"X5O!P" + uploads.TEST_VIRUS, "EICAR"),
    ],
)
def test_everything_else_is_refused_by_name(content, said):
    assert said in refused(content)


def test_too_large_is_refused_with_advice(settings):
    settings.UPLOAD_MAX_BYTES = 2_000_000
    assert "größer als 2 MB" in refused(pdf() + b" " * 2_000_000)


def test_cut_off_in_the_middle_is_refused():
    whole = pdf()
    assert "mittendrin" in refused(whole[: len(whole) // 2])
    photo = picture(size=(400, 300))
    assert "mittendrin" in refused(photo[: len(photo) // 2])


def test_a_locked_pdf_is_refused():
    assert "Kennwort" in refused(pdf(lambda writer: writer.encrypt("geheim")))


def test_a_broken_pdf_is_refused():
    assert "beschädigt" in refused(b"%PDF-1.7\nganz kaputt\n%%EOF\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda writer: writer.root_object.update({NameObject("/JavaScript"): DictionaryObject()}),
        lambda writer: writer.add_attachment("a.txt", b"x"),
        lambda writer: writer.root_object.update(
            {
                NameObject("/OpenAction"): DictionaryObject(
                    {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
                )
            }
        ),
        lambda writer: writer.root_object.update({NameObject("/AA"): DictionaryObject()}),
    ],
)
def test_a_pdf_that_can_act_is_refused(change):
    assert "von selbst handeln" in refused(pdf(change))


def test_polyglots_are_refused():
    assert "hängt noch etwas" in refused(pdf() + b"PK\x03\x04 und ein Archiv")
    assert "Internetseite" in refused(pdf()[:9] + b"<script>1</script>" + pdf()[9:])


def test_a_bomb_is_refused():
    assert "Bildpunkte" in refused(picture("PNG", (9000, 9000)))


def test_a_picture_loses_place_and_camera_and_what_hangs_behind():
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    sent = picture(exif=exif) + b"<script>geheim</script>"
    kept = uploads.examine(sent).content
    assert b"Kamera" in sent and b"Kamera" not in kept and b"script" not in kept
    with Image.open(BytesIO(kept)) as read:
        assert not read.getexif() and read.size == (40, 30)


def test_a_name_is_made_from_the_title():
    assert uploads.safe_name("../../etc/passwd\n<x>", "application/pdf") == "etc_passwd_x.pdf"
    assert uploads.safe_name("???", "image/png") == "Dokument.png"


@pytest.fixture
def scanner(settings, tmp_path):
    """A small clamd that gives one answer and keeps what it got."""
    made = []

    def answering(answer: bytes) -> list[bytes]:
        path, got = str(tmp_path / "clamd.sock"), []
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        server.listen(1)

        def serve():
            client, _ = server.accept()
            with client:
                data = b""
                while not data.endswith(b"\0\0\0\0"):
                    data += client.recv(65536)
                got.append(data)
                client.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        made.append((server, thread))
        settings.CLAMAV_SOCKET = path
        return got

    yield answering
    for server, thread in made:
        thread.join(5)
        server.close()


def test_without_a_scanner_it_is_said(settings):
    settings.CLAMAV_SOCKET = ""
    assert uploads.scan_for_viruses(b"x") is Scan.NOT_SCANNED


def test_a_clean_file_reaches_the_scanner_whole(scanner):
    got = scanner(b"stream: OK\0")
    assert uploads.scan_for_viruses(b"x" * 100_000) is Scan.CLEAN
    assert got[0].startswith(b"zINSTREAM\0") and got[0].count(b"x") == 100_000


def test_a_virus_is_refused(scanner):
    scanner(b"stream: Eicar-Signature FOUND\0")
    with pytest.raises(Invalid, match="etwas gefunden"):
        uploads.scan_for_viruses(b"x")


def test_a_silent_scanner_stops_the_upload(settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody.sock")
    with pytest.raises(Invalid, match="antwortet gerade nicht"):
        uploads.scan_for_viruses(b"x")
    assert "antwortet nicht" in uploads.scanner_state()
