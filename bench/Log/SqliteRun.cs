using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Pipeline.Bench.Log;

/// <summary>A table per partition, a transaction per commit, write-ahead log, synchronous=normal: survives a kill as ours does.</summary>
public static class SqliteRun
{
    public static async Task<LogFigures> MeasureAsync(string folder)
    {
        SQLitePCL.Batteries_V2.Init();
        await using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "log.db")};Pooling=False");
        await database.OpenAsync();
        Execute(database, "pragma journal_mode=wal; pragma synchronous=normal;");
        foreach (var p in (int[])[0, 1])
            Execute(database, string.Create(CultureInfo.InvariantCulture, $"create table p{p} (offset integer primary key, time integer, key blob, value blob)"));
        return await LogFigures.OfAsync(() => Task.Run(() => Append(database)), () => Task.Run(() => Read(database, "p0") + Read(database, "p1")));
    }

    private static void Append(SqliteConnection database)
    {
        var inserts = new[] { Insert(database, "p0"), Insert(database, "p1") };
        for (var done = 0; done < LogBench.Records; done += LogBench.PerCommit)
        {
            using var transaction = database.BeginTransaction();
            for (var i = 0; i < LogBench.PerCommit; i++)
            {
                var insert = inserts[i & 1];
                insert.Transaction = transaction;
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
        }
    }

    private static SqliteCommand Insert(SqliteConnection database, string table)
    {
        var insert = database.CreateCommand();
        insert.CommandText = $"insert into {table} (time, key, value) values (1, $key, $value)";
        insert.Parameters.AddWithValue("$key", SampleRecord.Key);
        insert.Parameters.AddWithValue("$value", SampleRecord.Value);
        insert.Prepare();
        return insert;
    }

    private static long Read(SqliteConnection database, string table)
    {
        using var select = database.CreateCommand();
        select.CommandText = $"select key, value from {table} order by offset";
        using var reader = select.ExecuteReader();
        long bytes = 0;
        while (reader.Read()) bytes += ((byte[])reader[0]).Length + ((byte[])reader[1]).Length;
        return bytes;
    }

    private static void Execute(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
