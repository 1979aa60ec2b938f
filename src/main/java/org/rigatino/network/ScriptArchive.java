package org.rigatino.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript file of a module without parameters, made from its source: a ZIP file of stored entries, as
 * {@code torch.jit.save} writes it.
 */
final class ScriptArchive {
    static final String TYPE = "__torch__.Function";

    private static final String FORMAT_VERSION = "3\n";
    private static final String CLASS =
            "class Function(Module):\n  __parameters__ = []\n  __buffers__ = []\n" + "  training : bool\n";
    /** Pickle, protocol 2: an object of the class whose state is {@code {"training": True}}. */
    private static final String OBJECT = "\u0080\u0002c__torch__\nFunction\n)\u0081}X\u0008\0\0\0training\u0088sb.";
    /** Pickle, protocol 2: the empty tuple. */
    private static final String CONSTANTS = "\u0080\u0002).";

    private ScriptArchive() {}

    /** @param methods of the class, indented by two spaces */
    static byte[] of(String methods) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "function/data.pkl", OBJECT);
            store(zip, "function/code/__torch__.py", CLASS + methods);
            store(zip, "function/constants.pkl", CONSTANTS);
            store(zip, "function/version", FORMAT_VERSION);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
