package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A peer that sends the given bytes, reads everything and closes: no network, so that millions of them can be tried. */
final class MemorySocket extends Socket {
    private final InputStream in;

    MemorySocket(byte[] sent) {
        in = new ByteArrayInputStream(sent);
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setSoTimeout(int milliseconds) {}

    @Override
    public void shutdownOutput() {}
}
