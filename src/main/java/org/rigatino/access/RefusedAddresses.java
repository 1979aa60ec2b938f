package org.rigatino.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.util.NetUtil;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Slows guessing down, whatever the name guessed: an address with too many refused attempts is not heard for a while,
 * which keeps the audit trail from being flooded too. Counted in this process alone.
 */
@ApplicationScoped
public class RefusedAddresses {
    private static final int ADDRESSES = 100_000;
    private static final int IPV6_BYTES = 16;

    @Inject
    AccessConfiguration configuration;

    private Cache<String, Attempts> attempts;

    /** Of one address, or of the network that it is in. */
    private static final class Attempts {
        private int refused;
        private int underWay;

        synchronized Admission begin(int most) {
            if (refused >= most) {
                return Admission.BLOCKED;
            }
            if (refused + underWay >= most) {
                return Admission.BUSY;
            }
            underWay++;
            return Admission.HEARD;
        }

        synchronized void end() {
            underWay = Math.max(0, underWay - 1);
        }

        synchronized int refused() {
            return ++refused;
        }

        synchronized boolean isBlocked(int most) {
            return refused >= most;
        }
    }

    enum Admission {
        /** {@link #end} is called behind it. */
        HEARD,
        /** With those that are judged now it might be one too many. */
        BUSY,
        BLOCKED
    }

    @PostConstruct
    void open() {
        open(Ticker.systemTicker());
    }

    void open(Ticker ticker) {
        attempts = Caffeine.newBuilder()
                .ticker(ticker)
                .maximumSize(ADDRESSES)
                .expireAfterWrite(configuration.signIn().addressLock())
                .build();
    }

    /** What is counted as one: of IPv6 the /64 network, all addresses of which one machine may have (RFC 4291 2.5.4). */
    static String counted(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length != IPV6_BYTES) {
            return address;
        }
        try {
            if (InetAddress.getByAddress(bytes) instanceof Inet4Address mapped) {
                return mapped.getHostAddress();
            }
            Arrays.fill(bytes, IPV6_BYTES / 2, IPV6_BYTES, (byte) 0);
            return NetUtil.toAddressString(InetAddress.getByAddress(bytes)) + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private Attempts of(String address) {
        return attempts.get(counted(address), first -> new Attempts());
    }

    Admission begin(String address) {
        return of(address).begin(configuration.signIn().addressFailures());
    }

    void end(String address) {
        of(address).end();
    }

    boolean isBlocked(String address) {
        return of(address).isBlocked(configuration.signIn().addressFailures());
    }

    /** @return whether this was the refusal after which the address is not heard any more */
    boolean refused(String address) {
        Attempts counted = of(address);
        boolean blocks = counted.refused() == configuration.signIn().addressFailures();
        if (blocks) {
            // Written anew, so that its time begins now and not at the first of them.
            attempts.put(counted(address), counted);
        }
        return blocks;
    }
}
