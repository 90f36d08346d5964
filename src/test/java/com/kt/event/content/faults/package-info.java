/**
 * Tests in which processes, Redis or the provider die: real processes of the packaged service, with real signals.
 * Of the service, they know only the HTTP API, the settings and the names of the keys.
 */
package com.kt.event.content.faults;
