package org.rigatino.network.sagan;

import org.rigatino.network.ConvolutionPair;

/** Reduces concatenated features: s = ReLU(IN(3x3(x))), then s + IN(3x3(s)). */
final class FuseBlock extends ConvolutionPair {
    FuseBlock(int inChannels, int outChannels) {
        super(inChannels, outChannels, Skip.BETWEEN);
    }
}
