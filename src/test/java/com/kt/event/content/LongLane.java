package com.kt.event.content;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The tests that take longest, which run together with the faults: they draw the largest images, fill the memory of other
 * processes, wait for time limits or for a Redis or an S3 that is away, or need an application of their own.
 */
@Suite
@SelectPackages("com.kt.event.content")
@IncludeClassNamePatterns(LongLane.CLASSES)
@IncludeEngines("junit-jupiter")
class LongLane {
    static final String CLASSES = ".*\\.(DialectShapes|Memory|LittleMemory|ChannelLimits|ExtremeSources"
            + "|S3ImageHttp|S3RenditionHttp|S3Bytes|S3Check|S3Renditions|ImageApiTimeout"
            + "|PipelinedRedisFaults|ClusterIdempotentRequests|ProviderLimitsHttp"
            + "|Main|CheckProvidersCommand|StandInRoutes|ConfiguredChannelsHttp|FullRenditionPoolHttp"
            + "|ModerationFallbackHttp|OlderInstance|ModelWatch)Test(\\$.*)?";
}
