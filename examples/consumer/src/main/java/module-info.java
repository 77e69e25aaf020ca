/** Delete this file to live on the class path. */
module org.example.consumer {
    requires io.condatis.toolkit;
    requires io.condatis.transport;
}
