/** The image API: its guarded client, wire records, refusals, downloads and image formats. */
package com.kt.event.content.provider;
