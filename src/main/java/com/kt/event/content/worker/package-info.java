/** The background worker: claims jobs, runs them, renews their leases, and takes over stalled jobs. */
package com.kt.event.content.worker;
