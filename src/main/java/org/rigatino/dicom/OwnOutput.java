package org.rigatino.dicom;

/** An object that Rigatino made: known by the Manufacturer of its equipment (PS3.3 C.7.5.1), whatever it has become since. */
public final class OwnOutput {
    public static final String MANUFACTURER = "Rigatino";

    private OwnOutput() {}

    public static boolean is(Dataset header) {
        return header.string(Tag.Manufacturer).filter(MANUFACTURER::equals).isPresent();
    }
}
