package org.rigatino.network;

/** x + IN(3x3(ReLU(IN(3x3(x))))). */
public final class ResidualBlock extends ConvolutionPair {
    public ResidualBlock(int channels) {
        super(channels, channels, Skip.INPUT);
    }
}
