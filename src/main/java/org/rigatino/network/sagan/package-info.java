/**
 * SAGAN: Zhang et al., Spatial-aware Attention Generative Adversarial Network for Semi-supervised Anomaly Detection in
 * Medical Image, MICCAI 2024. Images are float32 of shape (N, 1, side, side), in [-1, 1]. And what reads image and drawing
 * together, a network of the same kind.
 */
package org.rigatino.network.sagan;
