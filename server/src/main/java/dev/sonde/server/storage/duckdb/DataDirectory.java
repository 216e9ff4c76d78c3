package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The folder everything lies in, held by one process at a time. */
final class DataDirectory implements AutoCloseable {

    /** Raised when an older server could not read what this one writes. */
    private static final int VERSION = 1;

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    static DataDirectory open(Path path) {
        try {
            make(path);
            FileChannel lockFile = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                lock(path, lockFile);
                checkVersion(path.resolve("version"));
                return new DataDirectory(path, lockFile);
            } catch (IOException | StorageException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StorageException("open data directory " + path, e);
        }
    }

    /** Prompts, hashes and keys are in it: where we make the directory, it is its owner's alone. */
    private static void make(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(path);
        }
    }

    private static void lock(Path path, FileChannel lockFile) throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new StorageException("the data directory " + path + " is in use by process " + owner(lockFile)
                    + "; one server at a time can have it open");
        }
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        lockFile.truncate(0).write(ByteBuffer.wrap(pid), 0);
    }

    private static String owner(FileChannel lockFile) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(32);
        lockFile.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
    }

    private static void checkVersion(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, VERSION + "\n");
            return;
        }
        String text = Files.readString(file).strip();
        int version;
        try {
            version = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StorageException("the file " + file + " does not hold a data version");
        }
        if (version > VERSION) {
            throw new StorageException("the data directory " + file.getParent() + " has data version " + version
                    + ", this server knows up to " + VERSION + ": use the newer server that wrote it");
        }
    }

    Path payload() {
        return path.resolve("payload");
    }

    Path columns() {
        return path.resolve("events.duckdb");
    }

    /** Keeps the columns and their write-ahead log under another name; what was there under it is replaced. */
    void putColumnsAside() throws IOException {
        for (String suffix : List.of("", ".wal")) {
            Path old = path.resolve("old-events.duckdb" + suffix);
            Files.deleteIfExists(old);
            Path file = Path.of(columns() + suffix);
            if (Files.exists(file)) {
                Files.move(file, old);
            }
        }
    }

    Path media() {
        return path.resolve("media");
    }

    Path control() {
        return path.resolve("control.db");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new StorageException("close data directory", e);
        }
    }
}
