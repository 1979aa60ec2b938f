/**
 * A plain convolutional autoencoder, the floor that methods for anomaly detection in medical images are measured against.
 * Images are float32 of shape (N, 1, side, side), in [-1, 1].
 */
package org.rigatino.network.autoencoder;
