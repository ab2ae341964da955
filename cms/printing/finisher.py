"""What WeasyPrint 70 leaves out so that one file satisfies PDF/A-3a and PDF/UA-1 both.

Three repairs of the tagged tree and its metadata, each named by the rule of ISO 14289-1 that asks for it.
"""

from typing import Any

_UA_METADATA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of the standard</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's `finisher` hook."""
    tree = _Tree(pdf)
    for element in tree.elements():
        if element["S"] == "/TH":
            tree.give_scope(element)
        for kid in list(element["K"]):
            tree.hang_link(element, kid)
    metadata = tree.object(pdf.catalog["Metadata"])
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", _UA_METADATA + b"</rdf:RDF>", 1)


class _Tree:
    """The structure tree of a document being written: objects are dicts that refer to each other as `12 0 R`."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        numbers = self.object(self.object(pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
        self.numbers = numbers
        self.place = {key: index for index, key in enumerate(numbers) if index % 2 == 0}

    def object(self, reference: Any) -> Any:
        text = reference.decode() if isinstance(reference, bytes) else reference
        return self.pdf.objects[int(text.split()[0])]

    def elements(self) -> list[Any]:
        return [entry for entry in self.pdf.objects if isinstance(entry, dict) and entry.get("Type") == "/StructElem"]

    def ancestor(self, element: Any, kind: str) -> Any | None:
        while element.get("S") not in (kind, None):
            element = self.object(element["P"])
        return element if element.get("S") == kind else None

    def give_scope(self, heading: Any) -> None:
        """Rule 7.5-1: a table heading says what it heads: its row when it stands first in a body row, else its column."""
        row = self.ancestor(heading, "/TR")
        heads_row = False
        if row is not None and self.object(row["P"]).get("S") != "/THead" and row["K"]:
            heads_row = self.object(row["K"][0]) is heading
        heading.setdefault("A", {})["Scope"] = "/Row" if heads_row else "/Column"
        heading["A"].setdefault("O", "/Table")

    def hang_link(self, element: Any, kid: Any) -> None:
        """Rule 7.18.5-1: a link annotation hangs on a Link element."""
        if not isinstance(kid, str | bytes) or element["S"] == "/Link":
            return
        target = self.object(kid)
        if not (isinstance(target, dict) and target.get("Type") == "/OBJR"):
            return
        annotation = self.object(target["Obj"])
        if annotation.get("Subtype") != "/Link":
            return
        link = self.ancestor(element, "/Link")
        if link is None:
            element["S"] = "/Link"
            return
        element["K"].remove(kid)
        link["K"].append(kid)
        self.numbers[self.numbers.index(annotation["StructParent"]) + 1] = link.reference
