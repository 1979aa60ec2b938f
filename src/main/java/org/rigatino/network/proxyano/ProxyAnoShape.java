package org.rigatino.network.proxyano;

/**
 * What fixes the networks.
 *
 * @param width channels after either stem
 * @param side of the image in pixels, a multiple of 8
 * @param memory slots of the memory
 * @param shrinkage of its addressing in percent, 0 to 100, see {@link Memory}
 * @param sharpness of its addressing, at least 1
 */
public record ProxyAnoShape(int width, int side, int memory, int shrinkage, int sharpness) {
    public ProxyAnoShape {
        if (width < 1 || side < 16 || side % 8 != 0) {
            throw new IllegalArgumentException("no ProxyAno of width " + width + " takes images of side " + side
                    + ": the side is a multiple of 8, 16 at least");
        }
    }
}
