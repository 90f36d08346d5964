/** The background worker: claims jobs, runs them, renews their leases, and recovers stalled jobs. */
package com.kt.event.content.worker;
