package com.kt.event.content.gallery;

import java.util.concurrent.ScheduledExecutorService;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.quarkiverse.amazon.common.runtime.AmazonClientCommonRecorder;
import io.quarkiverse.amazon.common.runtime.AmazonClientConfig;
import io.quarkiverse.amazon.common.runtime.AsyncHttpClientConfig;
import io.quarkiverse.amazon.common.runtime.ClientUtil;
import io.quarkiverse.amazon.common.runtime.TlsTrustManagersProviderConfig;
import io.quarkiverse.amazon.s3.runtime.S3Config;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * Makes the client of S3 that {@code quarkus.s3.*} configures, on the event loops of Vert.x. The extension has no part of its
 * own for Netty that can be resolved for this version of Quarkus; all other settings are applied by the extension's code.
 */
final class S3Clients {
    private static final String S3 = "s3";

    private S3Clients() {
    }

    /**
     * The client does not retry, because {@link S3Bucket} does, and it uses the checksums that every server knows, not those
     * that AWS has added since.
     */
    static S3AsyncClient create(S3Config config, EventLoopGroup eventLoops, ScheduledExecutorService timer) {
        S3AsyncClientBuilder builder = S3AsyncClient.builder().serviceConfiguration(it -> it
                .pathStyleAccessEnabled(config.pathStyleAccess())
                .chunkedEncodingEnabled(config.chunkedEncoding()));
        AmazonClientConfig client = config.clients().get(ClientUtil.DEFAULT_CLIENT_NAME);
        AmazonClientCommonRecorder.initAwsClient(builder, S3, S3, client.aws(), client.aws());
        AmazonClientCommonRecorder.initSdkClientEndpoint(builder, S3, S3, client.sdk(), client.sdk());
        return builder
                .httpClientBuilder(http(config.asyncClient(), eventLoops))
                .overrideConfiguration(it -> it.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .scheduledExecutorService(timer))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // S3Bucket passes the results on to the context of the caller.
                .asyncConfiguration(it -> it.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR,
                        Runnable::run))
                .build();
    }

    private static SdkAsyncHttpClient.Builder<?> http(AsyncHttpClientConfig config, EventLoopGroup eventLoops) {
        NettyNioAsyncHttpClient.Builder http = NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(SdkEventLoopGroup.create(eventLoops, NioSocketChannel::new))
                .maxConcurrency(config.maxConcurrency())
                .maxPendingConnectionAcquires(config.maxPendingConnectionAcquires())
                .connectionTimeout(config.connectionTimeout())
                .connectionAcquisitionTimeout(config.connectionAcquisitionTimeout())
                .connectionMaxIdleTime(config.connectionMaxIdleTime())
                .readTimeout(config.readTimeout())
                .writeTimeout(config.writeTimeout());
        TlsTrustManagersProviderConfig trust = config.tlsTrustManagersProvider();
        // Null stands for the authorities that Java trusts.
        TlsTrustManagersProvider trusted = trust.type().create(trust);
        return trusted == null ? http : http.tlsTrustManagersProvider(trusted);
    }
}
