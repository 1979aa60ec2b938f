/**
 * ProxyAno: Zhou et al., Proxy-bridged Image Reconstruction Network for Anomaly Detection in Medical Images, IEEE TMI. The
 * superpixel image stands as a proxy between an image and its reconstruction. No code is public: widths, layers and the
 * memory's addressing are ours (docs/adr/0015-proxyano.md). Images are float32 of shape (N, 1, side, side), in [-1, 1].
 */
package org.rigatino.network.proxyano;
