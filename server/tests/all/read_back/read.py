"""Files read back by programs of others: python-docx, openpyxl, Pillow. Prints what the test compares."""
import json
import sys

what, path = sys.argv[1:3]
if what == "docx":
    import docx

    document = docx.Document(path)
    print(document.core_properties.title)
    for paragraph in document.paragraphs:
        print(paragraph.text)
    for table in document.tables:
        for row in table.rows:
            print(" | ".join(cell.text for cell in row.cells))
    heads = sum("w:tblHeader" in row._tr.xml for table in document.tables for row in table.rows)
    print(f"heads repeated: {heads}")
    print(f"headings: {sum(p.style is not None and p.style.name.lower().startswith('heading') for p in document.paragraphs)}")
    begun = [section._sectPr.find(docx.oxml.ns.qn("w:pgNumType")) for section in document.sections]
    from_one = sum(start is not None and start.get(docx.oxml.ns.qn("w:start")) == "1" for start in begun)
    print(f"sections numbered from 1: {from_one} of {len(begun)}")
    print(f"sections with a page number in their header: {sum('PAGE' in section.header._element.xml for section in document.sections)}")
    described = document.element.xpath("//wp:docPr/@descr")
    print(f"pictures described: {len([words for words in described if words])}")
elif what == "xlsx":
    import openpyxl

    book = openpyxl.load_workbook(path)
    cells = [[repr(cell.value), cell.number_format] for sheet in book for row in sheet for cell in row if cell.value is not None]
    print(json.dumps(cells, ensure_ascii=False))
elif what == "letters":
    # The same words drawn by FreeType with the same font, laid over the picture where they fit best.
    from PIL import Image, ImageChops, ImageDraw, ImageFont

    words, face, size = sys.argv[3], sys.argv[4], int(sys.argv[5])
    ink = lambda image: image.point(lambda value: 255 if value < 128 else 0)
    drawn = Image.open(path).convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    drawn = ink(paper.convert("L"))
    drawn = drawn.crop(drawn.getbbox())
    sheet = Image.new("L", (drawn.width + 200, drawn.height + 200), 255)
    # Eight times as large and then made smaller: FreeType would pull small letters onto its grid.
    sheet = sheet.resize((sheet.width * 8, sheet.height * 8))
    ImageDraw.Draw(sheet).text((400, 400), words, font=ImageFont.truetype(face, size * 8), fill=0)
    sheet = ink(sheet.resize((sheet.width // 8, sheet.height // 8), Image.BOX))
    reference = sheet.crop(sheet.getbbox())
    count = lambda image: image.histogram()[255]
    best = 0.0
    for dx in range(-2, 3):
        for dy in range(-2, 3):
            moved = Image.new("L", drawn.size, 0)
            moved.paste(reference, (dx, dy))
            both = count(ImageChops.multiply(moved, drawn))
            either = count(ImageChops.lighter(moved, drawn))
            best = max(best, both / either)
    print(f"{best:.4f}")
